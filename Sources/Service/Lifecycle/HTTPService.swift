import EventLoop
import HTTPServer
import Logging
import ServiceLifecycle

/// Takes connections until a graceful shutdown, then finishes what has begun.
struct HTTPService: Service {
  let server: WebServer
  let addresses: [SocketAddress]
  let logger: Logger
  /// Told where the server listens, with the ports that the system chose.
  let onListening: @Sendable ([SocketAddress]) -> Void

  /// For how long answers that have begun may go on after SIGTERM.
  private static let drainTime = Duration.seconds(3)

  func run() async throws {
    var bound: [SocketAddress] = []
    for address in addresses { bound.append(try await server.listen(on: address)) }
    logger.info("listening", metadata: ["addresses": "\(bound.map(\.description).joined(separator: " "))"])
    onListening(bound)
    try await gracefulShutdown()
    await server.drain(within: Self.drainTime)
  }
}

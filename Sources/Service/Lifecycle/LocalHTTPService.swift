import Checkpoints
import HTTPServer
import Logging
import ServiceLifecycle

/// Takes connections of the folder's own user, over the socket in the data folder, as long as the server has the folder.
///
/// It also says that the server is ready: only from then on do commands on the folder reach who has it.
struct LocalHTTPService: Service {
  let context: ServiceContext
  let folder: DataFolder
  /// Asks for no key: the socket's permissions have done that.
  let server: WebServer

  private static let drainTime = Duration.seconds(3)

  func run() async throws {
    // Whoever has the engine has the folder: then a socket that is there is a dead owner's.
    guard (try? await cancelWhenGracefulShutdown({ try await context.openedEngine() })) != nil else { return }
    let socket = try LocalSocket(folder)
    socket.removeStale()
    _ = try await server.listen(on: socket.address)
    try socket.protect()
    context.readiness.phase = .ready
    context.logger.info("ready", metadata: ["data": "\(folder.path)"])
    try await gracefulShutdown()
    await server.drain(within: Self.drainTime)
    withExtendedLifetime(socket) {}
  }
}

import EventLoop
import Glibc
import HTTPServer

/// An example of a server: echoes over HTTP and WebSocket, and sends one event to all who watch.
///
///     echo-server [ADDRESS]            127.0.0.1:9001, [::1]:9001, unix:/path/to.sock
///     echo-server --client ADDRESS     sends back to Autobahn's fuzzing server, as the client
///
/// | path | does |
/// | --- | --- |
/// | `GET /` | answers `hello` |
/// | `POST /echo` | sends the body back as it comes |
/// | `POST /count` | reads the body and tells its length |
/// | WebSocket `/` | sends every message back, as Autobahn's fuzzing client wants it |
/// | WebSocket `/watch` | takes part in broadcasts |
/// | `POST /broadcast` | sends the body to all who watch, answers how many they are |
/// | `GET /lag` | tells the loop's lag and resident memory |
@main
struct EchoServer {
  /// More than Autobahn's cases 9 send at most.
  static let largestMessage = 32 << 20

  static func main() async throws {
    OpenFileLimit.raise()
    var arguments = CommandLine.arguments.dropFirst()
    let isClient = arguments.first == "--client"
    if isClient { arguments.removeFirst() }
    let address = try SocketAddress(parsing: arguments.first ?? "127.0.0.1:9001")
    let loop = try EventLoop.start()
    if isClient { return try await EchoClient(address, loop: loop).run() }

    var configuration = ServerConfiguration()
    configuration.limits.message = largestMessage
    configuration.limits.body = 8 << 30
    let server = WebServer(router: EchoRoutes(loop: loop).router, configuration: configuration, loop: loop)
    // Before the first client can come: from then on a signal ends it in order.
    let stop = AsyncStream<Int32>.makeStream(bufferingPolicy: .bufferingNewest(1))
    try SignalWatch.start([SIGTERM, SIGINT], on: loop) { stop.continuation.yield($0) }
    print("listening on \(try await server.listen(on: address))")

    for await _ in stop.stream { break }
    await server.drain(within: .seconds(3))
  }
}

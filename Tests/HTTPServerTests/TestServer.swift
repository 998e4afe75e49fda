import EventLoop
import HTTPServer

/// A server on a loop and a port of its own, for the length of a test.
struct TestServer {
  let server: WebServer
  let loop: EventLoop
  let address: SocketAddress

  /// Runs `body` with a server whose time limits are a test's to shrink.
  @discardableResult
  static func run<Value>(
    on wanted: SocketAddress = .ip(.loopback, port: 0),
    _ configure: (inout ServerConfiguration) -> Void, routes: (inout Router) -> Void = { _ in },
    _ body: (TestServer) async throws -> Value
  ) async throws -> Value {
    var configuration = ServerConfiguration()
    configuration.limits.sweepInterval = .milliseconds(10)
    configuration.limits.lingering = .milliseconds(200)
    // On a busy machine, no time limit but the one under test may come into play.
    configuration.limits.headTime = .seconds(600)
    configuration.limits.idleTime = .seconds(600)
    configuration.limits.bodyStall = .seconds(600)
    configuration.limits.pingInterval = .seconds(600)
    configuration.limits.silence = .seconds(600)
    configure(&configuration)
    var router = Router()
    addCommonRoutes(to: &router)
    routes(&router)
    let loop = try EventLoop.start()
    let server = WebServer(router: router, configuration: configuration, loop: loop)
    let test = TestServer(server: server, loop: loop, address: try await server.listen(on: wanted))
    let result: Result<Value, any Error>
    do {
      result = .success(try await body(test))
    } catch {
      result = .failure(error)
    }
    await server.drain(within: .zero)
    loop.stop()
    return try result.get()
  }

  @discardableResult
  static func run<Value>(
    on wanted: SocketAddress = .ip(.loopback, port: 0), routes: (inout Router) -> Void,
    _ body: (TestServer) async throws -> Value
  ) async throws -> Value {
    try await run(on: wanted, { _ in }, routes: routes, body)
  }

  @discardableResult
  static func run<Value>(
    on wanted: SocketAddress = .ip(.loopback, port: 0), _ body: (TestServer) async throws -> Value
  ) async throws -> Value {
    try await run(on: wanted, { _ in }, routes: { _ in }, body)
  }

  private static func addCommonRoutes(to router: inout Router) {
    router.on(.get, "/hello") { _ in .text("hello") }
    router.on(.post, "/count") { request in
      var count = 0
      for try await piece in request.body { count += piece.count }
      return .text("\(count)")
    }
    router.on(.post, "/unread") { _ in .text("unread") }
    router.on(.post, "/echo") { request in
      .stream(type: "application/octet-stream", length: request.body.length) { writer in
        for try await piece in request.body { try await writer.write(piece) }
      }
    }
  }

  func connect() async throws -> RawClient {
    RawClient(try await AsyncSocket.connect(to: address, on: loop, within: .seconds(20)))
  }

  /// Sends `text` on a connection of its own and reads one response.
  func ask(_ text: String, isHead: Bool = false) async throws -> RawResponse {
    let client = try await connect()
    try await client.send(text)
    return try await client.response(isHead: isHead)
  }

  /// `GET` of a path with what a request needs, and more header lines.
  func get(_ path: String, _ lines: String...) async throws -> RawResponse {
    try await ask(request("GET", path, lines))
  }
}

/// A request without body; every line is ended.
func request(_ method: String, _ path: String, _ lines: [String] = []) -> String {
  (["\(method) \(path) HTTP/1.1", "Host: localhost"] + lines).map { $0 + "\r\n" }.joined() + "\r\n"
}

/// Waits until `condition` holds; the suite's time limit is the only clock.
func eventually(_ condition: () async throws -> Bool) async throws {
  while try await !condition() { try await Task.sleep(for: .milliseconds(1)) }
}

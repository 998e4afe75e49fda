import EventLoop
import HTTPServer
import Synchronization

/// Somebody else's server: real sockets, scripted answers, and a record of what came.
package final class Receiver: Sendable {
  package struct Arrival: Sendable {
    package let method: String
    package let path: String
    package let headers: HeaderFields
    package let body: [UInt8]
  }

  private struct State {
    package var arrivals: [Arrival] = []
    var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  package let address: SocketAddress
  private let loop: EventLoop
  private let server: WebServer
  private let state: Box

  private final class Box: Sendable {
    let state = Mutex(State())
  }

  /// - Parameter answer: given the arrival and its number, from 1.
  package init(
    on listen: String = "127.0.0.1:0", _ answer: @escaping @Sendable (Arrival, Int) async throws -> Response
  ) async throws {
    let box = Box()
    state = box
    loop = try EventLoop.start()
    var router = Router()
    let handler: Handler = { request in
      let body = try await request.body.collect(upTo: 8 << 20)
      let arrival = Arrival(
        method: request.method.rawValue, path: request.path, headers: request.headers, body: body)
      let (number, waiters) = box.state.withLock { state in
        state.arrivals.append(arrival)
        let count = state.arrivals.count
        let ready = state.waiters.filter { $0.count <= count }
        state.waiters.removeAll { $0.count <= count }
        return (count, ready)
      }
      for waiter in waiters { waiter.continuation.resume() }
      return try await answer(arrival, number)
    }
    router.on(.get, "/{path...}", handler)
    router.on(.post, "/{path...}", handler)
    server = WebServer(router: router, loop: loop)
    address = try await server.listen(on: SocketAddress(parsing: listen))
  }

  deinit { loop.stop() }

  package var url: String { "http://\(address)" }

  package var arrivals: [Arrival] { state.state.withLock { $0.arrivals } }

  /// Waits until so many requests have come.
  package func wait(for count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.state.withLock { state in
        if state.arrivals.count >= count { return true }
        state.waiters.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }
}

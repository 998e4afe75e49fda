import EventLoop
import HTTPServer

/// Autobahn's other end for clients: opens a WebSocket for each case that its fuzzing server has and sends back what
/// comes, then asks for the reports.
struct EchoClient {
  private let client: HTTPClient

  init(_ address: SocketAddress, loop: EventLoop) {
    var limits = ClientLimits()
    limits.message = EchoServer.largestMessage
    client = HTTPClient(address, loop: loop, limits: limits)
  }

  func run() async throws {
    let count = try await client.webSocket("/getCaseCount").next()?.text.flatMap { Int($0) } ?? 0
    for index in 0..<count {
      // Most cases break the protocol or the connection; what became of each is in the reports.
      do { try await echo("/runCase?case=\(index + 1)&agent=sheaf") } catch {}
    }
    try await echo("/updateReports?agent=sheaf")
  }

  private func echo(_ target: String) async throws {
    let socket = try await client.webSocket(target)
    while let message = try await socket.next() { try await socket.send(message) }
  }
}

import Checkpoints
import EventLoop
import HTTPServer
import StageKit
import Testing

@testable import sheaf

@Suite("What a server tells a command", .timeLimit(.minutes(10)))
struct RemoteFeedTests {
  /// A server whose progress socket answers so to the first request, the second, and so on; to all others as to the last.
  private func run(
    _ answers: [Response], _ body: @MainActor (RemoteFeed) async throws -> Void
  ) async throws -> Int {
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let asked = AsyncCounter()
    var router = Router()
    router.on(.get, "/api/v1/progress") { _ in
      let number = await asked.next()
      return answers[min(number, answers.count) - 1]
    }
    let server = WebServer(router: router, configuration: ServerConfiguration(), loop: loop)
    let address = try await server.listen(on: .ip(.loopback, port: 0))
    let link = try await ServerLink(url: "http://\(address)", environment: [:])
    try await body(await RemoteFeed(link, jobs: [try #require(JobID("jb00000001"))]))
    await server.drain(within: .zero)
    return await asked.count
  }

  private actor AsyncCounter {
    private(set) var count = 0
    func next() -> Int {
      count += 1
      return count
    }
  }

  private static func problem(_ status: HTTPStatus, _ code: String, wait: String? = nil) -> Response {
    var response = Response(status, body: .bytes(Array(#"{"code":"\#(code)","detail":"Not for you."}"#.utf8)))
    response.headers["Retry-After"] = wait
    return response
  }

  @Test("a server that will not tell is asked once, and quoted", arguments: [HTTPStatus.forbidden, .unauthorized])
  func refused(status: HTTPStatus) async throws {
    let asked = try await run([Self.problem(status, "forbidden")]) { feed in
      let refusal = await #expect(throws: ServerRefusal.self) { _ = try await feed.next() }
      #expect(refusal?.code == "forbidden")
      #expect(refusal?.failure.message == "Not for you.")
    }
    #expect(asked == 1)
  }

  @Test("one that wants to be left alone for a while is asked again after it")
  func wait() async throws {
    let began = ContinuousClock.now
    let asked = try await run(
      [Self.problem(.tooManyRequests, "rate_limited", wait: "2"), Self.problem(.forbidden, "forbidden")]
    ) { feed in
      let refusal = await #expect(throws: ServerRefusal.self) { _ = try await feed.next() }
      #expect(refusal?.code == "forbidden")
    }
    #expect(asked == 2)
    #expect(ContinuousClock.now - began >= .seconds(2))
  }
}

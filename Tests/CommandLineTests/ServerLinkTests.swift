import Checkpoints
import EventLoop
import Foundation
import HTTPServer
import StageKit
import Synchronization
import Testing

@testable import sheaf

@Suite("Requests that a server puts off", .timeLimit(.minutes(10)))
struct ServerLinkTests {
  /// What came, request by request.
  private final class Log: Sendable {
    let bodies = Mutex<[String]>([])
    let keys = Mutex<[String?]>([])
    var count: Int { bodies.withLock { $0.count } }
  }

  /// A server that answers so to the first request, the second, and so on; to all others as to the last.
  private func run(_ answers: [Response], _ body: (ServerLink, Log) async throws -> Void) async throws {
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let log = Log()
    var router = Router()
    router.on(.post, "/api/v1/documents") { request in
      let text = String(decoding: try await request.body.collect(upTo: 1 << 20), as: UTF8.self)
      log.keys.withLock { $0.append(request.headers["Idempotency-Key"]) }
      return log.bodies.withLock { bodies in
        bodies.append(text)
        return answers[min(bodies.count, answers.count) - 1]
      }
    }
    let server = WebServer(router: router, configuration: ServerConfiguration(), loop: loop)
    let address = try await server.listen(on: .ip(.loopback, port: 0))
    try await body(try await ServerLink(url: "http://\(address)", environment: [:]), log)
    await server.drain(within: .zero)
  }

  private static func problem(
    _ status: HTTPStatus, _ code: String, retryable: Bool? = true, wait: String? = "1"
  ) -> Response {
    let word = retryable.map { #","retryable":\#($0)"# } ?? ""
    var response = Response(status, body: .bytes(Array(#"{"code":"\#(code)","detail":"No."\#(word)}"#.utf8)))
    response.headers["Retry-After"] = wait
    return response
  }

  private static let accepted = Response(.accepted, body: .bytes(Array(#"{"job_id":"jb00000001"}"#.utf8)))

  private static func request() -> ClientRequest { ClientRequest(.post, "/api/v1/documents", body: .bytes([65])) }

  @Test("a document is sent anew, whole and with the same Idempotency-Key")
  func upload() async throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    try "a document".write(toFile: path, atomically: true, encoding: .utf8)
    defer { unlink(path) }
    let full = Self.problem(.serviceUnavailable, "queue_full")
    try await run([full, full, Self.accepted]) { link, log in
      let told = Mutex(0)
      let upload = DocumentUpload(settings: JobSettings(formats: [.text]), options: [], password: nil)
      let document = try #require(DocumentArgument.list([path]).first)
      let began = ContinuousClock.now
      let job = try await upload.send(document, to: link) { refusal in
        #expect(refusal.code == "queue_full")
        told.withLock { $0 += 1 }
      }
      #expect(job.text == "jb00000001")
      #expect(ContinuousClock.now - began >= .seconds(2))
      #expect(log.bodies.withLock { $0 } == [String](repeating: "a document", count: 3))
      let keys = log.keys.withLock { $0 }
      #expect(keys.first != .some(nil) && Set(keys).count == 1)
      #expect(told.withLock { $0 } == 2)
    }
  }

  @Test(
    "what will not be otherwise later is not asked twice",
    arguments: [
      problem(.serviceUnavailable, "queue_full", retryable: false), problem(.forbidden, "forbidden"),
      problem(.conflict, "job_unfinished"), problem(.serviceUnavailable, "input_output", wait: nil),
      problem(.tooManyRequests, "rate_limited", wait: "soon"),
    ])
  func refused(answer: Response) async throws {
    try await run([answer]) { link, log in
      await #expect(throws: ServerRefusal.self) { _ = try await link.send(Self.request()) }
      #expect(log.count == 1)
    }
  }

  @Test("a server that puts off for ever is believed when patience ends")
  func patience() async throws {
    try await run([Self.problem(.tooManyRequests, "rate_limited", retryable: nil)]) { link, log in
      let refusal = await #expect(throws: ServerRefusal.self) {
        _ = try await link.send(Self.request(), patience: ServerPatience(total: 2))
      }
      #expect(refusal?.code == "rate_limited")
      #expect(log.count == 3)
    }
  }

  @Test("cancellation ends a wait at once")
  func cancelled() async throws {
    try await run([Self.problem(.serviceUnavailable, "starting", wait: "200")]) { link, log in
      let began = ContinuousClock.now
      let (waits, signal) = AsyncStream<Void>.makeStream()
      let task = Task { try await link.send(Self.request()) { _ in signal.yield() } }
      for await _ in waits { break }
      task.cancel()
      await #expect(throws: CancellationError.self) { _ = try await task.value }
      #expect(log.count == 1)
      #expect(ContinuousClock.now - began < .seconds(60))
    }
  }

  @Test(
    "each wait has its bounds, and all of them together",
    arguments: [
      ("0", 0.0, 0.5), ("-5", 0, 0.5), ("7", 0, 7), ("86400", 0, 300), ("7", 294, nil), ("nan", 0, nil),
      ("inf", 0, nil),
    ] as [(String, Double, Double?)])
  func bounds(told: String, waited: Double, expected: Double?) {
    let failure = StageFailure(.invalidRequest, "No.", retryable: true)
    let refusal = ServerRefusal(code: "rate_limited", failure: failure, status: 429, wait: Double(told))
    #expect(ServerPatience.question.wait(after: refusal, waited: waited) == expected)
  }
}

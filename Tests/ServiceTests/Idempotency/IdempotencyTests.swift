import CanonicalJSON
import EventLoop
import Foundation
import HTTPServer
import Ledger
import Logging
import StageKit
import Testing

@testable import Service

/// A server that makes a job for each request, and answers with its id.
private final class JobServer: Sendable {
  let address: SocketAddress
  let place: LedgerPlace
  let idempotency = Idempotency(lifetime: 60)
  let gate = Doorbell()
  private let loop: EventLoop
  private let server: WebServer

  init(_ place: LedgerPlace? = nil, waits: Bool = false) async throws {
    let ledgerPlace = try place ?? LedgerPlace()
    self.place = ledgerPlace
    loop = try EventLoop.start()
    var routes = RouteTable()
    routes.on(.post, "/jobs", Operation("make", "Makes a job.", tag: "test", answers: [])) {
      [idempotency, gate] request in
      let taken = try await idempotency.begin(request, scope: request.headers["X-Scope"] ?? "", ledgerPlace.ledger)
      let body = try await request.body.collect(upTo: 1000)
      if waits { await gate.wait(upTo: .seconds(60)) }
      if body == Array("bad".utf8) { throw Problem(.invalidRequest, "Bad.") }
      var fingerprint = PayloadFingerprint(method: "POST", path: "/jobs")
      fingerprint.add(body)
      let digest = fingerprint.digest
      if let replayed = try taken?.replay(digest) { return replayed }
      var response = try Response.json(["made": .string(RandomText.make(10))], .accepted)
      response.headers["Location"] = "/jobs/1"
      try await ledgerPlace.submit(RandomText.make(5), answer: taken?.answer(response, fingerprint: digest))
      return response
    }
    let identity = IdentityMiddleware(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    server = WebServer(router: routes.router([{ try await identity.answer($0, $1) }]), loop: loop)
    address = try await server.listen(on: SocketAddress(parsing: "127.0.0.1:0"))
  }

  deinit { loop.stop() }

  func make(_ key: String?, _ body: String = "a", scope: String = "") async throws -> RawAnswer {
    var headers = ["X-Scope": scope]
    if let key { headers["Idempotency-Key"] = key }
    return try await RawAnswer.of("POST", "/jobs", at: address, headers, body: body)
  }

  var jobs: Int { get async throws { try await place.ledger.jobs(states: nil, before: nil, limit: 100).count } }
}

@Suite("Idempotency keys")
struct IdempotencyTests {
  @Test("the same request gets the same answer and makes one job, also after a restart")
  func replay() async throws {
    let server = try await JobServer()
    let first = try await server.make(#""k-1""#)
    #expect(first.status == 202)
    #expect(first.header("Idempotency-Replayed") == nil)
    let second = try await server.make(#""k-1""#)
    #expect(second.status == 202)
    #expect(second.body == first.body)
    #expect(second.header("Location") == "/jobs/1")
    #expect(second.header("Idempotency-Replayed") == "true")
    #expect(try await server.jobs == 1)
    // The bare form that many clients send is the same key.
    #expect(try await server.make("k-1").body == first.body)

    let restarted = try await JobServer(server.place)
    #expect(try await restarted.make(#""k-1""#).body == first.body)
    #expect(try await restarted.make(nil).body != first.body)
    #expect(try await restarted.jobs == 2)
  }

  @Test("another payload under the same key is refused; another caller's same key is another key")
  func mismatch() async throws {
    let server = try await JobServer()
    let first = try await server.make(#""k""#, "a")
    let other = try await server.make(#""k""#, "b")
    #expect(other.status == 422)
    #expect(other.body.contains(#""code":"idempotency_mismatch""#))
    let theirs = try await server.make(#""k""#, "b", scope: "them")
    #expect(theirs.status == 202 && theirs.body != first.body)
  }

  @Test("while the first is in work the second is told to wait; afterwards nothing is left of it")
  func inFlight() async throws {
    let server = try await JobServer(waits: true)
    async let first = server.make(#""k""#)
    while server.idempotency.inWork == 0 { try await Task.sleep(for: .milliseconds(5)) }
    let second = try await server.make(#""k""#)
    #expect(second.status == 409)
    #expect(second.body.contains(#""code":"idempotency_in_flight""#))
    #expect(second.header("Retry-After") == "1")
    server.gate.ring()
    #expect(try await first.status == 202)
    #expect(server.idempotency.inWork == 0)
  }

  @Test("what was refused may be corrected under the same key")
  func refused() async throws {
    let server = try await JobServer()
    #expect(try await server.make(#""k""#, "bad").status == 422)
    #expect(try await server.make(#""k""#, "good").status == 202)
  }

  @Test("an answer expires, and is cleared away")
  func expiry() async throws {
    let place = try LedgerPlace()
    let answer = { (body: String, expires: Double) in
      StoredAnswer(
        scope: "s", key: "k", fingerprint: Digest(of: Array(body.utf8)), status: 202, contentType: "application/json",
        location: nil, body: Array(body.utf8), expires: expires)
    }
    let now = Date().timeIntervalSince1970
    try await place.ledger.store(answer("old", now - 1))
    #expect(try await place.ledger.answer(scope: "s", key: "k") == nil)
    try await place.ledger.store(answer("new", now + 60))
    #expect(try await place.ledger.answer(scope: "s", key: "k") == answer("new", now + 60))
    // Two that raced: the second finds the first's and takes its whole transaction back.
    await #expect(throws: LedgerFailure.self) { try await place.submit(answer: answer("late", now + 60)) }
    #expect(try await place.ledger.jobs(states: nil, before: nil, limit: 10).isEmpty)
    try await place.ledger.removeExpiredAnswers()
    #expect(try await place.ledger.answer(scope: "s", key: "k") != nil)
  }

  @Test(
    "keys are quoted strings or plain text",
    arguments: [
      (#""abc""#, "abc"), ("abc", "abc"), (#""a\"b\\c""#, #"a"b\c"#), (#""""#, nil), ("", nil), (#""abc"#, nil),
      (#"a"b"#, nil), (#""a\b""#, nil), (#""a"b""#, nil), (String(repeating: "a", count: 256), nil), ("é", nil),
      (#""\"#, nil), ("\"", nil),
    ] as [(String, String?)])
  func keys(field: String, key: String?) {
    #expect(Idempotency.key(field) == key)
  }

  @Test("fields of a payload do not run into one another")
  func fingerprints() {
    func digest(_ fields: [String]) -> Digest {
      var fingerprint = PayloadFingerprint(method: "POST", path: "/")
      for field in fields { fingerprint.add(field) }
      return fingerprint.digest
    }
    #expect(digest(["ab", "c"]) != digest(["a", "bc"]))
    #expect(digest(["ab"]) != digest(["ab", ""]))
    #expect(digest(["ab", "c"]) == digest(["ab", "c"]))
  }
}

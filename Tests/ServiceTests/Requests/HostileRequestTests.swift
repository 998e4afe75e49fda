import CanonicalJSON
import Engine
import EventLoop
import Foundation
import HTTPServer
import Ledger
import TestSupport
import Testing

@testable import Service

/// Requests that mean no good: each is refused with what is wrong, none is an error of ours.
@Suite("Hostile requests", .timeLimit(.minutes(10)))
struct HostileRequestTests {
  /// What a server of ours says on one connection to these bytes.
  private static func say(_ text: String, _ client: ServiceClient) async throws -> String {
    let connection = try PlainConnection(client.address)
    defer { connection.close() }
    connection.send(text)
    return try await connection.answer()
  }

  private static func status(_ answer: String) -> Int {
    Int(answer.split(separator: " ").dropFirst().first ?? "") ?? 0
  }

  @Test("a head that can be read in two ways is refused, and nothing behind it is taken for a request")
  func smuggling() async throws {
    try await ServiceHarness().serve { client in
      let next = "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n"
      let post = "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n"
      let heads = [
        post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\none\n",
        post + "Content-Length: 4, 5\r\n\r\none\n", post + "Content-Length: +4\r\n\r\none\n",
        post + "Content-Length: -4\r\n\r\none\n", post + "Content-Length: 0x4\r\n\r\none\n",
        post + "Content-Length: 4 4\r\n\r\none\n",
        post + "Content-Length: 99999999999999999999999\r\n\r\none\n",
        post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\none\n",
        post + "Transfer-Encoding: chunked\r\n\r\n-1\r\none\n",
        post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        post + "X-Folded: a\r\n b\r\nContent-Length: 0\r\n\r\n",
        post + "X-Nul: a\u{0}b\r\n\r\n", post + ": nameless\r\n\r\n", post + "no colon\r\n\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\n\r\n", "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n",
        "GET http://evil.example/api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET  /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET /api/v1/jobs\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/jobs HTTP/2.0\r\nHost: localhost\r\n\r\n", "GET /api/v1/ jobs HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "G\u{1}T /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/jobs?\(String(repeating: "a", count: 9_000)) HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nX-Long: \(String(repeating: "a", count: 20_000))\r\n\r\n",
        "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "X-A: b\r\n", count: 300) + "\r\n",
      ]
      for head in heads {
        let answer = try await Self.say(head + next, client)
        let status = Self.status(answer)
        #expect((400...499).contains(status) || status == 501 || status == 505, "\(head.prefix(300)): \(answer)")
        #expect(answer.contains("application/problem+json"), "\(head.prefix(300))")
        #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2, "\(head.prefix(300)): \(answer)")
      }
      #expect(try await client.get("/api/v1/jobs").json["jobs"] == [])
    }
  }

  @Test("a path leads nowhere but to a route")
  func paths() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\n")
      _ = try await client.wait(id)
      let job = "/api/v1/jobs/\(id)"
      for path in [
        "/api/v1/jobs/..%2f..%2f..%2fetc%2fpasswd", "/api/v1/jobs/%2e%2e", "/../../../../etc/passwd",
        "/api/v1/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%c0%af..%c0%afetc/passwd", "/%00",
        "/api/v1/jobs/%00", "/api/v1/jobs/%zz", "/api/v1/jobs/%", "/api/v1/jobs/\(id)%00", "//api/v1/jobs/\(id)",
        "\(job)/checkpoints/..%2fjob.json", "\(job)/checkpoints/ocr/..%2f1", "\(job)/checkpoints/ocr/1%20",
        "\(job)/checkpoints/ocr/99999999999999999999", "\(job)/checkpoints/export/..%2fmd",
        "\(job)/pages/99999999999999999999/preview", "\(job)/pages/+1/preview", "\(job)/result?format=../../md",
        "\(job)/result?format=md%00", "\(job)/result?format=md&file=../../../ledger.sqlite",
        "\(job)/result?format=md&file=/etc/passwd", "\(job)/history/ocr/-1", "\(job)/explain/ocr/0",
        "\(job)/diff/..%2f..", "/api/v1/keys/..%2f..", "/v1/../api/v1/jobs/..",
      ] {
        let answer = try await client.get(path)
        #expect((400...499).contains(answer.status), "\(path): \(answer.status) \(answer.text)")
        #expect(!answer.text.contains("root:") && !answer.text.contains("SQLite"), "\(path)")
      }
    }
  }

  @Test("what stands in a query is read or refused")
  func queries() async throws {
    try await ServiceHarness().serve { client in
      let id = try await client.submit("one\n")
      _ = try await client.wait(id)
      let job = "/api/v1/jobs/\(id)"
      let garbage = [
        "x", "-", "0-", "-\(id)", "zzzz-\(id)", "7ff8000000000000-\(id)", "fff0000000000000-\(id)",
        "99999999999999999999-\(id)", "%ff%fe", "%00", "ocr/", "/", "ocr/-1", "ocr/99999999999999999999", "2026-01-31",
        "2026-99-99,a", "-1", "1e9", String(repeating: "a", count: 4_000), "%F0%9F%92%A9",
      ]
      for list in ["/api/v1/jobs", "\(job)/checkpoints", "\(job)/pins", "\(job)/history/ocr/1", "/api/v1/usage"] {
        for text in garbage {
          let answer = try await client.get("\(list)?cursor=\(text)")
          #expect(answer.status < 500, "\(list) \(text): \(answer.text)")
        }
      }
      for text in garbage {
        let found = try await client.get("/api/v1/search?q=one&cursor=\(text)")
        #expect(found.status < 500, "\(text): \(found.text)")
        let query = try await client.get("/api/v1/search?q=\(text)%22%2A-%28AND")
        #expect(query.status < 500, "\(text): \(query.text)")
        let events = try await client.get("\(job)/events?since=\(text)")
        #expect(events.status < 500, "\(text): \(events.text)")
        for name in ["text", "offset", "chunk", "field", "box", "format"] {
          let trace = try await client.get("\(job)/trace?\(name)=\(text)")
          #expect(trace.status < 500, "\(name)=\(text): \(trace.text)")
        }
      }
      for limit in ["0", "-1", "201", "1e2", "99999999999999999999", "%00", "", "+5", " 5", "５"] {
        for list in ["/api/v1/jobs", "\(job)/checkpoints", "\(job)/pins", "\(job)/history/ocr/1", "\(job)/events"] {
          let encoded = PercentText.encoded(limit)
          let answer = try await client.get("\(list)?limit=\(encoded)")
          #expect(answer.status == 400, "\(list) \(limit): \(answer.status)")
        }
      }
      for range in ["bytes=0-0,1-1", "bytes=-0", "bytes=99999999999999999999-", "bytes=5-2", "items=0-1", "bytes="] {
        let answer = try await client.get("\(job)/result?format=md", headers: ["Range": range])
        #expect([200, 206, 416].contains(answer.status), "\(range): \(answer.status)")
      }
    }
  }

  @Test("JSON without end, without sense or without measure is refused wherever it is taken")
  func json() async throws {
    try await ServiceHarness().serve(["auth.mode": "required"]) { client in
      let client = client.with(key: try await client.context.keys.add(name: "root", role: .admin).text)
      let id = try await client.submit("one\n")
      let before = try await client.wait(id)
      let job = "/api/v1/jobs/\(id)"
      let deep = 100_000
      let bodies: [[UInt8]] = [
        Array(String(repeating: "[", count: deep).utf8),
        Array((String(repeating: "{\"a\":", count: deep) + "1" + String(repeating: "}", count: deep)).utf8),
        Array((String(repeating: "[", count: deep) + String(repeating: "]", count: deep)).utf8),
        Array("{\"stages\":[\"ocr\"],\"stages\":[\"ocr\"]}x".utf8), Array("{\"number\":1e999}".utf8),
        Array("{\"number\":\(String(repeating: "9", count: 5_000))}".utf8), Array("{\"a\":\"\\ud800\"}".utf8),
        [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D], Array("{\"a\":NaN}".utf8), Array("nul".utf8), [0],
        Array("{\"url\":{\"a\":[1,2]}}".utf8), Array("{\"name\":\"\\u0000\",\"role\":\"admin\"}".utf8),
        Array("{\"name\":\"\(String(repeating: "a", count: 2_000))\"}".utf8), Array("{\"key\":[]}".utf8),
        Array("{\"stage\":\"ocr\",\"page\":9223372036854775807,\"number\":1}".utf8),
        Array("{\"stage\":\"ocr\",\"page\":1,\"number\":-9223372036854775808}".utf8),
      ]
      let targets: [(HTTPMethod, String)] = [
        (.post, "/api/v1/documents"), (.post, job + "/rerun"), (.post, job + "/rerun?dry_run=1"),
        (.post, job + "/restore"), (.post, job + "/resume"), (.put, job + "/checkpoints/ocr/1"),
        (.post, "/api/v1/keys"), (.post, "/api/v1/session"),
      ]
      for (method, target) in targets {
        for body in bodies {
          let answer = try await client.send(
            method, target, headers: ["Content-Type": "application/json", "If-Match": "*"], body: .bytes(body))
          let shown = String(decoding: body.prefix(80), as: UTF8.self)
          // A session takes the key of the head, and does not look at the body.
          #expect(
            (400...499).contains(answer.status) || (target == "/api/v1/session" && answer.status == 201),
            "\(method) \(target) \(shown): \(answer.status) \(answer.text.prefix(300))")
          if answer.status >= 400 {
            #expect(answer.headers["Content-Type"] == "application/problem+json", "\(target) \(shown)")
          }
        }
        let large = [UInt8](repeating: UInt8(ascii: " "), count: 65 << 20)
        let refused = try await client.send(
          method, target, headers: ["Content-Type": "application/json", "If-Match": "*"],
          body: .bytes(target.contains("checkpoints") ? large : Array(large.prefix(2 << 20))))
        #expect(
          refused.status == 413 || (target == "/api/v1/session" && refused.status == 201),
          "\(target): \(refused.status) \(refused.text.prefix(200))")
      }
      #expect(try await client.get(job).json["seq"] == before["seq"])
    }
  }

  @Test("a body that stops coming is given up, and its place with it")
  func slowBody() async throws {
    let harness = try ServiceHarness()
    try await harness.serve(["limits.body_stall": "1"]) { client in
      let head = "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n"
      for rest in ["Content-Length: 100\r\n\r\none\n", "Transfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n5"] {
        let answer = try await Self.say(head + rest, client)
        #expect(Self.status(answer) == 408, "\(answer)")
        #expect(answer.contains("request_timeout"), "\(answer)")
      }
      while try !harness.leftovers().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
      while client.context.admission.reading(try client.context.engine.census).uploads > 0 {
        try await Task.sleep(for: .milliseconds(10))
      }
    }
  }

  @Test("what a client calls its request is told back only if it is well formed")
  func names() async throws {
    try await ServiceHarness().serve { client in
      let good = try await client.get("/api/v1/nothing", headers: ["X-Request-ID": "abc-1.2:3"])
      #expect(good.headers["X-Request-ID"] == "abc-1.2:3")
      #expect(good.json["request_id"] == "abc-1.2:3")
      for bad in ["a b", String(repeating: "a", count: 200), "<script>", "é"] {
        let answer = try await client.get(
          "/api/v1/nothing", headers: ["X-Request-ID": bad, "traceparent": "00-\(bad)-x-01"])
        #expect(answer.status == 404)
        #expect(answer.headers["X-Request-ID"] != bad)
        #expect(answer.json["request_id"]?.string == answer.headers["X-Request-ID"])
      }
    }
  }

  @Test("guessed keys are soon answered with a wait, and a good key gets in all the same")
  func guessing() async throws {
    try await ServiceHarness().serve(["auth.mode": "required"]) { client in
      let good = client.with(key: try await client.context.keys.add(name: "ann", role: .read).text)
      var statuses: [Int] = []
      for number in 0..<60 {
        let answer = try await client.with(key: "sheaf_\(number)").get("/api/v1/jobs")
        statuses.append(answer.status)
        if answer.status == 429 { #expect(answer.headers["Retry-After"] != nil) }
      }
      #expect(Set(statuses) == [401, 429])
      #expect(try await good.get("/api/v1/jobs").status == 200)
    }
  }
}

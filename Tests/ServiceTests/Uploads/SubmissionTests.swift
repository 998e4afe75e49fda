import CanonicalJSON
import EventLoop
import Foundation
import HTTPServer
import StageKit
import TestSupport
import Testing

@testable import Service

@Suite("Submissions", .timeLimit(.minutes(10)))
struct SubmissionTests {
  private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
  private static let reachesThisMachine = ["outbound.allowed_networks": "127.0.0.0/8"]

  private static func form(_ fields: [(name: String, text: String)], document: String) -> [UInt8] {
    var lines: [String] = []
    for field in fields {
      lines += ["--b", "Content-Disposition: form-data; name=\"\(field.name)\"", "", field.text]
    }
    lines += ["--b", "Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"", "", document, "--b--", ""]
    return Array(lines.joined(separator: "\r\n").utf8)
  }

  private static func submit(
    _ client: ServiceClient, _ fields: [(name: String, text: String)], document: String = "one\n"
  ) async throws -> ServiceClient.Answer {
    try await client.send(
      .post, "/api/v1/documents", headers: ["Content-Type": "multipart/form-data; boundary=b"],
      body: .bytes(form(fields, document: document)))
  }

  // MARK: Idempotency

  private static func upload(
    _ client: ServiceClient, _ text: String, key: String, query: String = "formats=md"
  ) async throws -> ServiceClient.Answer {
    try await client.send(
      .post, "/api/v1/documents?\(query)",
      headers: ["Content-Type": "application/octet-stream", "Idempotency-Key": key], body: .bytes(Array(text.utf8)))
  }

  @Test("the same Idempotency-Key gives the first answer again, and another payload under it is refused")
  func idempotency() async throws {
    let harness = try ServiceHarness()
    let id = try await harness.serve { client in
      let first = try await Self.upload(client, "one\n", key: "\"k 1\"")
      #expect(first.status == 202)
      let second = try await Self.upload(client, "one\n", key: "\"k 1\"")
      #expect(second.status == 202)
      #expect(second.bytes == first.bytes)
      #expect(second.headers["Location"] == first.headers["Location"])
      #expect(second.headers["Idempotency-Replayed"] == "true")
      for (text, query) in [("two\n", "formats=md"), ("one\n", "formats=txt")] {
        let other = try await Self.upload(client, text, key: "\"k 1\"", query: query)
        #expect(other.status == 422)
        #expect(other.code == "idempotency_mismatch")
      }
      #expect(try await Self.upload(client, "one\n", key: "\"").code == "invalid_parameter")
      #expect(try await client.get("/api/v1/jobs").json["jobs"]?.array?.count == 1)
      #expect(try harness.leftovers().isEmpty)
      return first.json["job_id"]?.string
    }
    // What was stored outlasts the server.
    try await harness.serve { client in
      let again = try await Self.upload(client, "one\n", key: "\"k 1\"")
      #expect(again.json["job_id"]?.string == id)
    }
  }

  @Test("while a request with a key is still coming in, another with the same key is told so")
  func inFlight() async throws {
    try await ServiceHarness().serve { client in
      let connection = try PlainConnection(client.address)
      connection.send(
        "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/pdf\r\n"
          + "Idempotency-Key: \"slow\"\r\nContent-Length: 100\r\n\r\none\n")
      while client.context.idempotency.inWork == 0 { try await Task.sleep(for: .milliseconds(5)) }
      let second = try await Self.upload(client, "one\n", key: "\"slow\"")
      #expect(second.status == 409)
      #expect(second.code == "idempotency_in_flight")
      #expect(second.headers["Retry-After"] == "1")
      connection.close()
      while client.context.idempotency.inWork > 0 { try await Task.sleep(for: .milliseconds(5)) }
      #expect(try await Self.upload(client, "one\n", key: "\"slow\"").status == 202)
    }
  }

  // MARK: Webhooks

  @Test("a webhook is told of the job's end with a signature that its secret makes, and the job tells of the delivery")
  func webhook() async throws {
    let receiver = try await Receiver { _, _ in Response(.noContent) }
    try await ServiceHarness().serve(Self.reachesThisMachine) { client in
      let answer = try await Self.submit(
        client, [("webhook", #"{"url":"\#(receiver.url)/hook","secret":"\#(Self.secret)"}"#)])
      #expect(answer.status == 202, "\(answer.text)")
      let id = try #require(answer.json["job_id"]?.string)
      await receiver.wait(for: 1)
      let told = try #require(receiver.arrivals.first)
      #expect(told.method == "POST")
      #expect(told.path == "/hook")
      let body = try CanonicalDecoder().decode(JSONValue.self, from: told.body)
      #expect(body["type"] == "job.completed")
      #expect(body["data"]?["job_id"]?.string == id)
      let message = try #require(told.headers["webhook-id"])
      let time = try #require(told.headers["webhook-timestamp"].flatMap { Int($0) })
      let signature = WebhookSecret(Self.secret)?.signature(id: message, timestamp: time, body: told.body)
      #expect(told.headers["webhook-signature"] == signature)
      var webhook: JSONValue?
      while webhook?["deliveries"]?[0]?["state"]?.string != "delivered" {
        webhook = try await client.get("/api/v1/jobs/\(id)").json["webhook"]
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(webhook?["url"]?.string == receiver.url + "/hook")
      #expect(webhook?["deliveries"]?[0]?["attempts"]?[0]?["status"] == 204)
      #expect(webhook?["secret"] == nil)
    }
  }

  @Test("a webhook to a private address is refused; where only its name leads there, the job tells that it was")
  func privateWebhook() async throws {
    let receiver = try await Receiver { _, _ in Response(.noContent) }
    try await ServiceHarness().serve { client in
      for (url, field) in [
        (receiver.url, #"{"url":"\#(receiver.url)","secret":"\#(Self.secret)"}"#),
        ("http://[::1]/", #"{"url":"http://[::1]/","secret":"\#(Self.secret)"}"#),
        ("http://169.254.169.254/", #"{"url":"http://169.254.169.254/","secret":"\#(Self.secret)"}"#),
        ("file:///etc/passwd", #"{"url":"file:///etc/passwd","secret":"\#(Self.secret)"}"#),
        ("without a secret", "https://example.org/"),
      ] {
        let answer = try await Self.submit(client, [("webhook", field)])
        #expect(answer.status == 422, "\(url): \(answer.text)")
        #expect(answer.code == "invalid_webhook", "\(url)")
      }
      #expect(try await client.get("/api/v1/jobs").json["jobs"] == [])
      let port = receiver.address.port ?? 0
      let named = try await Self.submit(
        client, [("webhook", #"{"url":"http://localhost:\#(port)/","secret":"\#(Self.secret)"}"#)])
      #expect(named.status == 202, "\(named.text)")
      let id = try #require(named.json["job_id"]?.string)
      var attempt: JSONValue?
      while attempt == nil {
        attempt = try await client.get("/api/v1/jobs/\(id)").json["webhook"]?["deliveries"]?[0]?["attempts"]?[0]
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(attempt?["error"]?.string?.contains("refused") == true, "\(String(describing: attempt))")
      #expect(receiver.arrivals.isEmpty)
    }
  }

  @Test("with a secret of the server's own a form names only the URL")
  func serverSecret() async throws {
    let receiver = try await Receiver { _, _ in Response(.ok) }
    var settings = Self.reachesThisMachine
    settings["webhooks.secrets"] = Self.secret
    try await ServiceHarness().serve(settings) { client in
      let answer = try await Self.submit(client, [("webhook", receiver.url)])
      #expect(answer.status == 202, "\(answer.text)")
      await receiver.wait(for: 1)
    }
  }

  // MARK: By URL

  @Test("a document by its URL is fetched where the server may, and refused elsewhere")
  func fetched() async throws {
    let receiver = try await Receiver { arrival, _ in
      switch arrival.path {
      case "/files/report.pdf": return .bytes(Array("one\ntwo\n".utf8), type: "application/pdf")
      case "/inside": return Response(302, headers: ["Location": "http://10.0.0.1/"])
      default: return Response(.notFound)
      }
    }
    let harness = try ServiceHarness()
    try await harness.serve(Self.reachesThisMachine) { client in
      let answer = try await client.post(
        "/api/v1/documents",
        json: ["url": .string(receiver.url + "/files/report.pdf"), "options": ["formats": ["txt"]], "priority": 7])
      #expect(answer.status == 202, "\(answer.text)")
      let job = try await client.wait(try #require(answer.json["job_id"]?.string))
      #expect(job["name"] == "report.pdf")
      #expect(job["pages"] == 2)
      #expect(job["priority"] == 7)
      #expect(job["formats"] == ["txt"])
      let named = try await client.post(
        "/api/v1/documents", json: ["url": .string(receiver.url + "/files/report.pdf"), "name": "mine.pdf"])
      #expect(try await client.wait(try #require(named.json["job_id"]?.string))["name"] == "mine.pdf")

      let table: [(body: JSONValue, status: Int, code: String)] = [
        (["url": .string(receiver.url + "/nothing")], 502, "fetch_failed"),
        (["url": .string(receiver.url + "/inside")], 422, "fetch_refused"),
        (["url": "http://10.0.0.1/a.pdf"], 422, "fetch_refused"),
        (["url": "http://169.254.169.254/latest/meta-data"], 422, "fetch_refused"),
        (["url": "ftp://127.0.0.1/a.pdf"], 422, "invalid_url"), (["url": "nonsense"], 422, "invalid_url"),
        (["url": 7], 400, "invalid_body"), ([:], 400, "invalid_body"), ([], 400, "invalid_body"),
        (["url": "http://a/", "option": [:]], 400, "invalid_body"),
        (["url": "http://a/", "options": ["format": ["md"]]], 400, "invalid_body"),
        (["url": "http://a/", "password": 7], 400, "invalid_body"),
      ]
      for row in table {
        let answer = try await client.post("/api/v1/documents", json: row.body)
        #expect(answer.status == row.status, "\(row): \(answer.text)")
        #expect(answer.code == row.code, "\(row): \(answer.text)")
      }
      #expect(try harness.leftovers().isEmpty)
    }
    try await ServiceHarness().serve { client in
      let refused = try await client.post(
        "/api/v1/documents", json: ["url": .string(receiver.url + "/files/report.pdf")])
      #expect(refused.status == 422)
      #expect(refused.code == "fetch_refused")
    }
  }

  @Test("the URL of a repeated request is not fetched again")
  func fetchedOnce() async throws {
    let receiver = try await Receiver { _, _ in .bytes(Array("one\n".utf8), type: "application/pdf") }
    try await ServiceHarness().serve(Self.reachesThisMachine) { client in
      var ids: Set<String?> = []
      for _ in 0..<2 {
        let body: JSONValue = ["url": .string(receiver.url + "/a.pdf")]
        let answer = try await client.send(
          .post, "/api/v1/documents", headers: ["Content-Type": "application/json", "Idempotency-Key": "\"url\""],
          body: .bytes(try body.canonicalBytes))
        #expect(answer.status == 202)
        ids.insert(answer.json["job_id"]?.string)
      }
      #expect(ids.count == 1)
      #expect(receiver.arrivals.count == 1)
    }
  }

  // MARK: Forms

  @Test("a form that is malformed, or says what nobody knows, makes no job")
  func malformed() async throws {
    let harness = try ServiceHarness()
    try await harness.serve { client in
      let part = "Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\none\n"
      let bodies: [(text: String, status: Int)] = [
        ("", 400), ("--b--\r\n", 400), ("--b\r\n", 400), ("--b\r\n\(part)", 400), ("--c\r\n\(part)\r\n--c--\r\n", 400),
        ("--b\r\nContent-Disposition: form-data\r\n\r\none\r\n--b--\r\n", 400),
        ("--b\r\nContent-Disposition: form-data; name=\"files\"\r\n\r\none\r\n--b--\r\n", 400),
        ("--b\r\n\(part)\r\n--b\r\n\(part)\r\n--b--\r\n", 400),
        ("--b\r\n" + String(repeating: "X-Long: y\r\n", count: 5_000) + "\r\none\r\n--b--\r\n", 400),
        (String(decoding: Self.form([("options", "{")], document: "one\n"), as: UTF8.self), 400),
        (String(decoding: Self.form([("options", "[]")], document: "one\n"), as: UTF8.self), 400),
        (String(decoding: Self.form([("options", #"{"formats":["mk"]}"#)], document: "one\n"), as: UTF8.self), 404),
        (String(decoding: Self.form([("options", #"{"set":{"ocr.sufix":"a"}}"#)], document: "a"), as: UTF8.self), 422),
        (String(decoding: Self.form([("priority", "high")], document: "one\n"), as: UTF8.self), 400),
        (String(decoding: Self.form([("priority", "101")], document: "one\n"), as: UTF8.self), 422),
        (
          String(
            decoding: Self.form([("options", String(repeating: " ", count: 70_000))], document: "one\n"),
            as: UTF8.self), 400
        ),
        (String(decoding: Self.form([], document: ""), as: UTF8.self), 422),
      ]
      for body in bodies {
        let answer = try await client.send(
          .post, "/api/v1/documents", headers: ["Content-Type": "multipart/form-data; boundary=b"],
          body: .bytes(Array(body.text.utf8)))
        #expect(answer.status == body.status, "\(body.text.prefix(200)): \(answer.text)")
        #expect(answer.headers["Content-Type"] == "application/problem+json")
      }
      for type in ["multipart/form-data", "multipart/form-data; boundary=", "text/html", "application/xml"] {
        let answer = try await client.send(
          .post, "/api/v1/documents", headers: ["Content-Type": type], body: .bytes(Array("one\n".utf8)))
        #expect([400, 415].contains(answer.status), "\(type): \(answer.text)")
      }
      #expect(try await client.get("/api/v1/jobs").json["jobs"] == [])
      while try !harness.leftovers().isEmpty { try await Task.sleep(for: .milliseconds(10)) }
    }
  }

  @Test("a document's name never becomes a path")
  func names() async throws {
    let harness = try ServiceHarness()
    try await harness.serve { client in
      for name in [
        "../../../etc/passwd", "..", "a/../../b", "C:\\x\\..\\y", "\u{0}\u{1}", String(repeating: "é", count: 400),
      ] {
        let id = try await client.submit("one\n", query: "name=\(PercentText.encoded(name))")
        let job = try await client.wait(id)
        #expect(job["status"] == "completed")
        let told = try #require(job["name"]?.string)
        #expect(!told.contains("/") && !told.contains("\\") && told.utf8.count <= 255, "\(told)")
        #expect(try await client.get("/api/v1/jobs/\(id)/result?format=md").status == 200)
      }
    }
  }

  @Test("a submission's fingerprint tells that there is a password, and nothing of which")
  func fingerprint() throws {
    func digest(_ password: String?) throws -> Digest {
      var submission = Submission()
      submission.password = password
      return try submission.fingerprint("source")
    }
    #expect(try digest("sesame") == digest("hunter2"))
    #expect(try digest("sesame") != digest(nil))
  }
}

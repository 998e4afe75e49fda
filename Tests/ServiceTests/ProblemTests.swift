import CanonicalJSON
import HTTPServer
import Testing

@testable import Service

@Suite("Problems", .timeLimit(.minutes(10)))
struct ProblemTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let method: HTTPMethod
    let target: String
    var type: String?
    var body = ""
    let status: Int
    let code: String

    var testDescription: String { "\(method) \(target) \(code)" }
  }

  private static let cases = [
    Case(method: .get, target: "/nothing", status: 404, code: "not_found"),
    Case(method: .put, target: "/api/v1/jobs", status: 405, code: "method_not_allowed"),
    Case(method: .get, target: "/api/v1/jobs/abc", status: 404, code: "job_not_found"),
    Case(method: .get, target: "/api/v1/jobs/0123456789", status: 404, code: "job_not_found"),
    Case(method: .get, target: "/api/v1/jobs?limit=0", status: 400, code: "invalid_parameter"),
    Case(
      method: .post, target: "/api/v1/documents", type: "text/plain", body: "x", status: 415,
      code: "unsupported_media_type"),
    Case(method: .post, target: "/api/v1/documents", type: "application/pdf", status: 422, code: "empty_file"),
    Case(
      method: .post, target: "/api/v1/documents?formats=mdd", type: "application/pdf", body: "x", status: 404,
      code: "unknown_format"),
    Case(
      method: .post, target: "/api/v1/documents?set=ocr.languags=deu", type: "application/pdf", body: "x", status: 422,
      code: "unknown_option"),
    Case(
      method: .post, target: "/api/v1/documents", type: "multipart/form-data; boundary=b", body: "--b--\r\n",
      status: 400,
      code: "invalid_body"),
    Case(
      method: .post, target: "/api/v1/documents", type: "multipart/form-data; boundary=b",
      body: "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf", status: 400, code: "invalid_body"),
  ]

  @Test("every error is a problem with a stable code and the request's name")
  func problems() async throws {
    try await ServiceHarness().serve { client in
      for problem in Self.cases {
        var headers: HeaderFields = ["X-Request-ID": "test-7"]
        if let type = problem.type { headers["Content-Type"] = type }
        let answer = try await client.send(
          problem.method, problem.target, headers: headers, body: .bytes(Array(problem.body.utf8)))
        #expect(answer.status == problem.status, "\(problem.testDescription): \(answer.text)")
        #expect(answer.code == problem.code, "\(problem.testDescription): \(answer.text)")
        #expect(answer.headers["Content-Type"] == "application/problem+json")
        #expect(answer.headers["X-Request-ID"] == "test-7")
        #expect(answer.json["request_id"] == "test-7")
        #expect(answer.json["status"]?.int == problem.status)
      }
    }
  }

  @Test("a request's name that is not well formed is replaced")
  func requestID() async throws {
    try await ServiceHarness().serve { client in
      let answer = try await client.get("/health/live", headers: ["X-Request-ID": "a b"])
      #expect(answer.headers["X-Request-ID"]?.count == 32)
    }
  }
}

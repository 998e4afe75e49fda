import CanonicalJSON
import EventLoop
import Foundation
import HTTPServer

@testable import Service

/// Asks a server as its users do.
struct ServiceClient: Sendable {
  let http: HTTPClient
  let address: SocketAddress
  let context: ServiceContext
  private var key: String?

  init(_ http: HTTPClient, address: SocketAddress, context: ServiceContext) {
    self.http = http
    self.address = address
    self.context = context
  }

  /// An answer with all of its body.
  struct Answer: Sendable {
    let status: Int
    let headers: HeaderFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var json: JSONValue { (try? CanonicalDecoder().decode(JSONValue.self, from: bytes)) ?? .null }

    /// Of a problem.
    var code: String? { json["code"]?.string }
  }

  func send(
    _ method: HTTPMethod, _ target: String, headers: HeaderFields = HeaderFields(), body: ClientBody = .none
  ) async throws -> Answer {
    var headers = headers
    if let key { headers["Authorization"] = "Bearer \(key)" }
    let response = try await http.send(ClientRequest(method, target, headers: headers, body: body))
    let bytes = try await response.body.collect(upTo: 64 << 20)
    return Answer(status: response.status.rawValue, headers: response.headers, bytes: bytes)
  }

  func get(_ target: String, headers: HeaderFields = HeaderFields()) async throws -> Answer {
    try await send(.get, target, headers: headers)
  }

  func post(_ target: String, json: JSONValue) async throws -> Answer {
    try await send(
      .post, target, headers: ["Content-Type": "application/json"], body: .bytes(try json.canonicalBytes))
  }

  /// Every answer is given in the name of a key.
  func with(key: String) -> ServiceClient {
    var client = self
    client.key = key
    return client
  }

  /// Uploads a document as plain bytes.
  func upload(_ text: String, query: String = "formats=md,txt") async throws -> Answer {
    try await send(
      .post, "/api/v1/documents?\(query)", headers: ["Content-Type": "application/octet-stream"],
      body: .bytes(Array(text.utf8)))
  }

  /// Uploads a document and tells its job's id.
  func submit(_ text: String, query: String = "formats=md,txt") async throws -> String {
    let answer = try await upload(text, query: query)
    guard answer.status == 202, let id = answer.json["job_id"]?.string else { throw Refused(answer: answer.text) }
    return id
  }

  struct Refused: Error {
    let answer: String
  }

  /// Waits until a job is in one of these states.
  func wait(
    _ job: String, for states: Set<String> = ["completed", "completed_with_errors", "failed", "cancelled"]
  ) async throws -> JSONValue {
    while true {
      let answer = try await get("/api/v1/jobs/\(job)").json
      if let status = answer["status"]?.string, states.contains(status) { return answer }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}

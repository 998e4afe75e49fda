import CanonicalJSON
import Checkpoints
import HTTPServer
import StageKit

extension Problem {
  /// The problem as `application/problem+json`.
  ///
  /// - Parameter requestID: what the request is called.
  package func response(requestID: String) -> Response {
    // A problem is strings, numbers and flags, which always have a canonical form.
    let bytes = (try? json(requestID: requestID).canonicalBytes) ?? []
    var response = Response(code.status, headers: headers, body: .bytes(bytes))
    response.headers["Content-Type"] = "application/problem+json"
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  private func json(requestID: String) -> JSONValue {
    var members: [String: JSONValue] = [
      "type": .string("urn:sheaf:problem:\(code.rawValue)"), "title": .string(code.title),
      "status": .integer(Int64(code.status.rawValue)),
      "detail": .string(detail), "code": .string(code.rawValue), "request_id": .string(requestID),
      "retryable": .bool(retryable),
    ]
    if let hint { members["hint"] = .string(hint) }
    if let job { members["job"] = .string(job.text) }
    if let stage { members["stage"] = .string(stage.rawValue) }
    if !faults.isEmpty { members["errors"] = .array(faults.map { .string($0) }) }
    if let page { members["page"] = .integer(Int64(page)) }
    return .object(members)
  }
}

import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import HTTPServer
import Service
import StageKit

/// What a document is to become, as it is told a server.
struct DocumentUpload: Sendable {
  let settings: JobSettings
  /// Options as typed: only the server's worker knows them.
  let options: [String]
  let password: String?

  /// Sends a document as it is read, again where the server has no room for it yet.
  ///
  /// - Parameter onWait: is told of every refusal that is waited for.
  /// - Returns: its job.
  func send(
    _ document: DocumentArgument, to link: ServerLink, onWait: (@Sendable (ServerRefusal) async -> Void)? = nil
  ) async throws -> JobID {
    let source = try UploadSource(try document.open())
    var request = ClientRequest(.post, "/api/v1/documents?" + query(document))
    request.headers["Content-Type"] = "application/octet-stream"
    // However often it is sent, it becomes one job.
    request.headers["Idempotency-Key"] = "\"\(UUID().uuidString)\""
    if let password { request.headers["X-Document-Password"] = PercentText.encoded(password) }
    let response = try await link.send(request, from: source, patience: .document, onWait: onWait)
    let bytes = try await response.body.collect(upTo: 1 << 20)
    let answer = try CanonicalDecoder().decode(JSONValue.self, from: bytes)
    guard let job = answer["job_id"]?.string.flatMap({ JobID($0) }) else {
      throw StageFailure(.inputOutput, "The server did not say which job the document is.")
    }
    return job
  }

  private func query(_ document: DocumentArgument) -> String {
    var items = [("name", document.name.text), ("formats", settings.formats.map(\.rawValue).joined(separator: ","))]
    if let pages = settings.pages { items.append(("pages", pages.description)) }
    if let keep = settings.keep { items.append(("keep", String(keep))) }
    if let until = settings.until { items.append(("until", until.rawValue)) }
    items += options.map { ("set", $0) }
    return items.map { "\($0)=\(PercentText.encoded($1))" }.joined(separator: "&")
  }
}

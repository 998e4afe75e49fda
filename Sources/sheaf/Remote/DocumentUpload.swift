import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import HTTPServer
import Service
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// What a document is to become, as it is told a server.
struct DocumentUpload: Sendable {
  let settings: JobSettings
  /// Options as typed: only the server's worker knows them.
  let options: [String]
  let password: String?

  /// Sends a document as it is read.
  ///
  /// - Returns: its job.
  func send(_ document: DocumentArgument, to link: ServerLink) async throws -> JobID {
    let file = FileHandle(fileDescriptor: try document.open(), closeOnDealloc: true)
    var request = ClientRequest(.post, "/api/v1/documents?" + query(document))
    request.headers["Content-Type"] = "application/octet-stream"
    if let password { request.headers["X-Document-Password"] = PercentText.encoded(password) }
    var status = stat()
    let isFile = fstat(file.fileDescriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    let length = isFile ? Int64(status.st_size) : nil
    request.body = .stream(length: length) {
      guard let piece = try file.read(upToCount: Self.piece), !piece.isEmpty else { return nil }
      return [UInt8](piece)
    }
    let bytes = try await link.send(request).body.collect(upTo: 1 << 20)
    let answer = try CanonicalDecoder().decode(JSONValue.self, from: bytes)
    guard let job = answer["job_id"]?.string.flatMap({ JobID($0) }) else {
      throw StageFailure(.inputOutput, "The server did not say which job the document is.")
    }
    return job
  }

  private static let piece = 256 << 10  // bytes

  private func query(_ document: DocumentArgument) -> String {
    var items = [("name", document.name.text), ("formats", settings.formats.map(\.rawValue).joined(separator: ","))]
    if let pages = settings.pages { items.append(("pages", pages.description)) }
    if let keep = settings.keep { items.append(("keep", String(keep))) }
    if let until = settings.until { items.append(("until", until.rawValue)) }
    items += options.map { ("set", $0) }
    return items.map { "\($0)=\(PercentText.encoded($1))" }.joined(separator: "&")
  }
}

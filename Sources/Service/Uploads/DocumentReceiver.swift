import CanonicalJSON
import Engine
import Synchronization

/// Takes a request's body piece by piece: the document goes to the disk, everything else is small and kept.
///
/// `@unchecked Sendable`: its state is touched only under the mutex; each piece is handed in after the one before is done.
final class DocumentReceiver: @unchecked Sendable {
  /// Bytes of a part that is not the document.
  private static let longestField = 64 << 10

  private let turn = Mutex(())
  private let spool: SpooledDocument
  /// Nil where the body is the document itself.
  private var parser: MultipartParser?
  private var field: (name: String, bytes: [UInt8])?
  private var isInFile = false
  private(set) var hasFile: Bool
  private(set) var submission: Submission

  /// - Parameter boundary: of a form; nil where the body is the document itself.
  init(_ spool: SpooledDocument, boundary: String?, submission: Submission) {
    self.spool = spool
    self.submission = submission
    parser = boundary.map { MultipartParser(boundary: $0) }
    hasFile = boundary == nil
  }

  /// Blocks for the disk.
  ///
  /// - Throws: `Problem` with `invalid_body`; `StageFailure` with `file_too_large`, `out_of_disk`.
  func take(_ bytes: [UInt8]) throws {
    try turn.withLock { _ in
      guard parser != nil else { return try bytes.withUnsafeBytes { try spool.write($0) } }
      // Taken out and put back, so that it is not copied while it calls back.
      var taken = parser.take()
      defer { parser = taken }
      try taken?.take(bytes) { try receive($0) }
    }
  }

  /// What has come in.
  ///
  /// - Throws: `Problem` with `invalid_body` where something is missing.
  func finish() throws -> Submission {
    try turn.withLock { _ in
      try parser?.finish()
      guard hasFile else {
        throw Problem(.invalidBody, "The form has no part \"file\".", hint: "Send the document as the part \"file\".")
      }
      return submission
    }
  }

  private func receive(_ event: MultipartParser.Event) throws {
    switch event {
    case .part(let header): try begin(header)
    case .content(let bytes):
      if isInFile {
        try bytes.withUnsafeBytes { try spool.write($0) }
      } else if let name = field?.name {
        guard (field?.bytes.count ?? 0) + bytes.count <= Self.longestField else {
          throw Problem(.invalidBody, "The part \"\(name)\" is longer than \(Self.longestField) bytes.")
        }
        field?.bytes += bytes
      }
    case .partEnd:
      isInFile = false
      if let (name, bytes) = field.take() { try keep(name, bytes) }
    case .end: break
    }
  }

  private func begin(_ header: MultipartHeader) throws {
    guard header.name == "file" else {
      let known = ["options", "password", "priority", "webhook"]
      guard known.contains(header.name) else {
        throw Problem(
          .invalidBody, "The form has a part \"\(header.name.prefix(80))\" that is not known.",
          hint: "Its parts are file, \(known.joined(separator: ", ")).")
      }
      field = (header.name, [])
      return
    }
    guard !hasFile else { throw Problem(.invalidBody, "The form has two parts \"file\"; a job has one document.") }
    hasFile = true
    isInFile = true
    if let name = header.fileName, !name.isEmpty { submission.name = DocumentName.cleaned(name) }
  }

  private func keep(_ name: String, _ bytes: [UInt8]) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(.invalidBody, "The part \"\(name)\" is not UTF-8.")
    }
    switch name {
    case "options": submission.wishes = try SubmissionWishes(Self.json(bytes, name), beside: submission.wishes)
    case "password": submission.password = text
    case "priority":
      guard let priority = Int(text) else { throw Problem(.invalidBody, "The priority must be a whole number.") }
      submission.wishes.priority = priority
    // A URL as it is, or an object with its secret.
    default: submission.webhook = bytes.first == UInt8(ascii: "{") ? try Self.json(bytes, name) : .string(text)
    }
  }

  private static func json(_ bytes: [UInt8], _ name: String) throws(Problem) -> JSONValue {
    do { return try CanonicalDecoder().decode(JSONValue.self, from: bytes) } catch {
      throw Problem(.invalidBody, "The part \"\(name)\" is not JSON.")
    }
  }
}

import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// A finished export: its files, under what names they are delivered.
package struct ExportedResult: Sendable, Hashable {
  package struct File: Sendable, Hashable {
    /// After the document's name: `.md`, `/table-01.csv`.
    package let suffix: String
    package let object: Digest
    /// In bytes.
    package let length: Int
  }

  package let format: String
  /// The main file first.
  package let files: [File]

  /// Reads an export's checkpoint.
  ///
  /// - Throws: `StageFailure` with `checkpoint_corrupt` where it is not an export's.
  package init(format: String, _ checkpoint: CheckpointRecord, from store: some CheckpointStore) throws {
    self.format = format
    let objects = Dictionary(checkpoint.files.map { ($0.name, $0) }) { first, _ in first }
    let payload = try store.get(checkpoint.file.digest).withBytes { bytes in
      try CheckpointReader(bytes, unit: checkpoint.unit, file: checkpoint.file.digest)
        .withPayload { try CanonicalDecoder().decode(JSONValue.self, from: $0) }
    }
    files = try (payload["files"]?.array ?? []).map { file in
      guard let name = file["file"]?.string, let object = objects[name], let suffix = file["suffix"]?.string,
        Self.isSafe(suffix)
      else {
        throw StageFailure(
          .checkpointCorrupt, "The checkpoint of \(checkpoint.unit) names a file that it does not have.",
          hint: "Resume the job: the unit runs again.")
      }
      return File(suffix: suffix, object: object.digest, length: object.length)
    }
  }

  /// A suffix never leads out of the folder that the user named.
  package static func isSafe(_ suffix: String) -> Bool {
    guard suffix.hasPrefix(".") || suffix.hasPrefix("/"), !suffix.utf8.contains(0) else { return false }
    let parts = suffix.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    return !suffix.hasPrefix("..") && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }

  /// The exports that a job has, in the order of `ExportFormat`.
  ///
  /// - Parameter formats: nil for all.
  package static func all(
    of job: JobID, formats: [ExportFormat]? = nil, in ledger: any LedgerReader, _ store: ObjectFolder
  ) async throws -> [ExportedResult] {
    let order = ExportFormat.allCases.map(\.rawValue)
    var found: [(rank: Int, format: String, key: Digest)] = []
    for unit in try await ledger.units(of: job) where unit.unit.stage == .export && unit.state == .done {
      guard case .format(let name) = unit.unit.subject, let key = unit.key else { continue }
      if let formats, !formats.contains(where: { $0.rawValue == name }) { continue }
      found.append((order.firstIndex(of: name) ?? order.count, name, key))
    }
    found.sort { ($0.rank, $0.format) < ($1.rank, $1.format) }
    let artifacts = try await ledger.artifacts(keys: found.map(\.key))
    return try found.compactMap { export in
      try artifacts[export.key].map { try ExportedResult(format: export.format, $0.checkpoint, from: store) }
    }
  }
}

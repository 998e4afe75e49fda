import StageKit

/// What stands in a job's `pins`: that a person put a checkpoint in a unit's place.
package struct PinRecord: Codable, Sendable, Hashable {
  package let format: String
  package let unit: UnitID
  /// What the person made; downstream keys use it.
  package let content: Digest
  package let file: FileRecord
  /// Files that belong to it.
  package let files: [FileRecord]
  /// What they had before them: where the unit would now yield another content, the pin is out of date.
  package let basedOn: Digest?
  /// File digest of that.
  package let base: Digest?
  package let author: String
  /// ISO 8601, UTC.
  package let created: String
  package let reason: String?

  package static let currentFormat = "sheaf.pin/1"

  package init(
    checkpoint: CheckpointRecord, basedOn: Digest?, base: Digest? = nil, author: String, created: String,
    reason: String? = nil
  ) {
    format = Self.currentFormat
    unit = checkpoint.unit
    content = checkpoint.content
    file = checkpoint.file
    files = checkpoint.files
    self.basedOn = basedOn
    self.base = base
    self.author = author
    self.created = created
    self.reason = reason
  }
}

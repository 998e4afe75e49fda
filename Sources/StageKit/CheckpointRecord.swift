/// What a worker tells of a checkpoint it wrote.
package struct CheckpointRecord: Codable, Sendable, Hashable {
  /// The unit whose checkpoint it is; for a part the stage over that page.
  package let unit: UnitID
  package let content: Digest
  /// Digest and length of the checkpoint file; its name is `<basename>.json`.
  package let file: FileRecord
  /// The files that belong to it.
  package let files: [FileRecord]

  package init(unit: UnitID, content: Digest, file: FileRecord, files: [FileRecord]) {
    self.unit = unit
    self.content = content
    self.file = file
    self.files = files
  }
}

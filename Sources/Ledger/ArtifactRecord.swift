import StageKit

/// All that a key's unit left behind; only a complete record counts as done.
package struct ArtifactRecord: Codable, Sendable, Hashable {
  package let key: Digest
  package let checkpoint: CheckpointRecord
  /// By page ascending; empty but for document stages with parts.
  package let parts: [CheckpointRecord]
  /// Pages the stage gave up.
  package let gaps: [Int: GapCode]
  /// For an encrypted source: may serve only a job that has opened the source itself.
  package let encrypted: Bool

  package init(
    key: Digest, checkpoint: CheckpointRecord, parts: [CheckpointRecord], gaps: [Int: GapCode], encrypted: Bool = false
  ) {
    self.key = key
    self.checkpoint = checkpoint
    self.parts = parts
    self.gaps = gaps
    self.encrypted = encrypted
  }
}

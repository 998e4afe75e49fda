import Ledger
import StageKit

/// What a finished unit left behind, as those below it see it.
struct UnitResult: Sendable, Hashable {
  let key: Digest
  let checkpoint: CheckpointRecord
  /// A document stage's parts by page.
  let parts: [Int: CheckpointRecord]
  /// Pages that a document stage gave up.
  let gaps: [Int: GapCode]

  init(_ artifact: ArtifactRecord) {
    key = artifact.key
    checkpoint = artifact.checkpoint
    var parts: [Int: CheckpointRecord] = [:]
    for part in artifact.parts { if let page = part.unit.page { parts[page] = part } }
    self.parts = parts
    gaps = artifact.gaps
  }

  /// How many pages a stage that makes parts has seen.
  var pageCount: Int { parts.count + gaps.count }

  /// The checkpoint of the unit itself, or of its part over a page.
  func record(of name: UnitID) -> CheckpointRecord? {
    if name == checkpoint.unit { return checkpoint }
    return name.page.flatMap { parts[$0] }
  }
}

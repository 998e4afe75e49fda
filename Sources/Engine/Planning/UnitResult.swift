import Ledger
import StageKit

/// What a finished unit left behind, as those below it see it.
struct UnitResult: Sendable, Hashable {
  let key: Digest
  private(set) var checkpoint: CheckpointRecord
  /// A document stage's parts by page.
  private(set) var parts: [Int: CheckpointRecord]
  /// Pages that a document stage gave up.
  private(set) var gaps: [Int: GapCode]

  init(_ artifact: ArtifactRecord) {
    key = artifact.key
    checkpoint = artifact.checkpoint
    var parts: [Int: CheckpointRecord] = [:]
    for part in artifact.parts { if let page = part.unit.page { parts[page] = part } }
    self.parts = parts
    gaps = artifact.gaps
  }

  /// The result of a unit that has no other than what a person made.
  ///
  /// - Parameter key: what the stage's own result would stand under.
  init(key: Digest, pin: PinEntry) {
    self.key = key
    checkpoint = pin.record
    parts = [:]
    gaps = [:]
  }

  /// How many pages a stage that makes parts has seen.
  var pageCount: Int { parts.count + gaps.count }

  /// The checkpoint of the unit itself, or of its part over a page.
  func record(of name: UnitID) -> CheckpointRecord? {
    if name == checkpoint.unit { return checkpoint }
    return name.page.flatMap { parts[$0] }
  }

  /// The same with what people pinned in its place.
  func with(_ pins: [PinEntry]) -> UnitResult {
    var result = self
    for pin in pins {
      if pin.unit == checkpoint.unit {
        result.checkpoint = pin.record
      } else if let page = pin.unit.page, parts[page] != nil || gaps[page] != nil {
        result.parts[page] = pin.record
        result.gaps[page] = nil
      }
    }
    return result
  }
}

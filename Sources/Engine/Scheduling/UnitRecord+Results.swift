import Ledger
import StageKit

extension UnitRecord {
  /// Whether a result takes the place of another one: its own content differs, or that of one of its parts may.
  func isReplaced(by artifact: ArtifactRecord) -> Bool {
    guard let content else { return false }
    return content != artifact.checkpoint.content || (!artifact.parts.isEmpty && key != artifact.key)
  }

  /// Has a result stand for the unit, and nothing of what was lost before.
  mutating func complete(by artifact: ArtifactRecord, reused isReused: Bool) {
    state = .done
    key = artifact.key
    content = artifact.checkpoint.content
    gap = nil
    failure = nil
    reused = isReused
    again = nil
  }
}

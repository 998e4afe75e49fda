import Ledger
import StageKit

extension UnitRecord {
  /// Whether a result takes the place of another one: its own content differs, or that of one of its parts may.
  func isReplaced(by artifact: ArtifactRecord) -> Bool {
    guard let content else { return false }
    return content != artifact.checkpoint.content || (!artifact.parts.isEmpty && key != artifact.key)
  }
}

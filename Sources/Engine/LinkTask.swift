import Checkpoints
import Ledger
import StageKit

/// A unit whose place in the job's tree is to be brought up to date.
struct LinkTask: Sendable {
  let unit: UnitID
  /// What is to stand there; nil for a gap.
  let artifact: ArtifactRecord?
  /// The unit's row before, where something else may stand there.
  var replaces: UnitRecord?
  /// The number under which a replaced checkpoint is kept.
  var history = 0

  init(artifact: ArtifactRecord) {
    unit = artifact.checkpoint.unit
    self.artifact = artifact
  }

  init(gap unit: UnitID, replaces: UnitRecord, history: Int) {
    self.unit = unit
    artifact = nil
    self.replaces = replaces
    self.history = history
  }
}

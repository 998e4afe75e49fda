import Checkpoints
import Ledger
import StageKit

/// A unit whose place in the job's tree is to be brought up to date.
struct LinkTask: Sendable {
  let unit: UnitID
  /// What its stage made; nil for a gap.
  let artifact: ArtifactRecord?
  /// What people put in place of it, or of parts of it.
  var pins: [CheckpointRecord] = []
  /// The unit's row before, where something else may stand there.
  var replaces: UnitRecord?
  /// Checkpoints that stood there besides what `replaces` tells.
  var former: [CheckpointRecord] = []
  /// The unit's newest number of a replaced checkpoint.
  var history = 0
  /// A file that a person put there and that has been taken over, so that it may be replaced.
  var adopted: Digest?

  init(artifact: ArtifactRecord) {
    unit = artifact.checkpoint.unit
    self.artifact = artifact
  }

  init(_ unit: UnitID, artifact: ArtifactRecord?) {
    self.unit = unit
    self.artifact = artifact
  }

  init(gap unit: UnitID, replaces: UnitRecord, history: Int) {
    self.unit = unit
    artifact = nil
    self.replaces = replaces
    self.history = history
  }

  /// What is to stand in the tree: the pins, and what the stage made where none is.
  var standing: [CheckpointRecord] {
    let pinned = Set(pins.map(\.unit))
    return (artifact?.checkpoints ?? []).filter { !pinned.contains($0.unit) } + pins
  }
}

extension ArtifactRecord {
  /// The unit's own checkpoint, then its parts.
  package var checkpoints: [CheckpointRecord] { [checkpoint] + parts }
}

import StageKit

/// The place of one file in a job's tree.
package struct TreeFile: Sendable, Hashable {
  package let stage: StageID
  /// Relative to the stage's folder.
  package let name: String
  /// The unit's basename, for checkpoints, of which the tree keeps a history.
  private let checkpoint: String?

  /// The place of a unit's checkpoint, or of a part: `03-ocr/0007.json`.
  package init(checkpointOf unit: UnitID) {
    stage = unit.stage
    name = unit.basename + ".json"
    checkpoint = unit.basename
  }

  /// The place of a file that belongs to a checkpoint: `02-render/0007.png`.
  package init(_ name: String, of unit: UnitID) throws(InvalidArtifactName) {
    self.name = try ArtifactName(name, of: unit).text
    stage = unit.stage
    checkpoint = nil
  }

  /// Whether it is a checkpoint, which may stand there compressed: `03-ocr/0007.json.zst`.
  package var isCheckpoint: Bool { checkpoint != nil }

  /// Relative to the job's folder.
  package var path: String { stage.folder + "/" + name }

  /// Where what a rerun or an edit replaced is kept, relative to the job's folder; nil for files other than
  /// checkpoints.
  package func historyPath(_ number: Int) -> String? {
    checkpoint.map { "history/\(stage.folder)/\($0).\(number).json" }
  }
}

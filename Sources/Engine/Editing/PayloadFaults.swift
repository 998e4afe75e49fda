import StageKit

/// Everything that is wrong with an edit.
package struct PayloadFaults: Error, Hashable {
  package let unit: UnitID
  /// One each, with its place.
  package let lines: [String]

  package init(_ unit: UnitID, _ lines: [String]) {
    self.unit = unit
    self.lines = lines
  }

  /// What the command ends with, once the lines have been told.
  package var failure: StageFailure {
    StageFailure(
      .invalidCheckpoint, "The edit is no checkpoint of \(unit).", page: unit.page,
      hint: "Mend what is listed above; Checkpoints/schema tells what may stand there.")
  }
}

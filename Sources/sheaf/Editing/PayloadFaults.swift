import StageKit

/// Everything that is wrong with an edit.
struct PayloadFaults: Error, Hashable {
  let unit: UnitID
  /// One each, with its place.
  let lines: [String]

  init(_ unit: UnitID, _ lines: [String]) {
    self.unit = unit
    self.lines = lines
  }

  /// What the command ends with, once the lines have been told.
  var failure: StageFailure {
    StageFailure(
      .invalidCheckpoint, "The edit is no checkpoint of \(unit).", page: unit.page,
      hint: "Mend what is listed above; Checkpoints/schema tells what may stand there.")
  }

  private static let mostTold = 20  // lines: a screenful is enough to begin with

  func tell() {
    for line in lines.prefix(Self.mostTold) {
      StandardStream.error.write(TerminalText.plain("sheaf: \(unit): \(line)") + "\n")
    }
    if lines.count > Self.mostTold { StandardStream.error.write("sheaf: and \(lines.count - Self.mostTold) more\n") }
  }
}

import ArgumentParser
import Engine
import StageKit

struct UnpinCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpin",
    abstract: "Let what the stage makes stand for a unit again.",
    discussion: """
      What the stage made before is still there under its key, and so is what came of it: nothing expensive runs. The \
      edit goes into the history, from where sheaf restore brings it back.

        sheaf unpin last ocr 7
      """)

  @OptionGroup var place: UnitArguments
  @OptionGroup var options: EditOptions

  func perform() async throws -> CommandOutcome {
    let unit = try await place.find(options.data)
    return try await options.perform(
      "sheaf unpin", UnitChange(unit, .unpin) { _ in "\(unit.unit) is no longer pinned." })
  }
}

import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

struct ResolveCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Settle a pin that is out of date: keep it, take what the stage makes, or merge both.",
    discussion: """
      Without a choice it shows what you changed and what the stage makes differently by now. --merge puts both \
      together where they do not touch: elements are matched by their ids, words and regions by their place on the \
      page. Where both changed the same thing it is refused and names the places.

        sheaf resolve last ocr 7
        sheaf resolve last ocr 7 --merge
      """)

  @OptionGroup var place: UnitArguments

  @Flag(help: "Let the pin stand as it is.")
  var keep = false

  @Flag(help: "Take what the stage makes now; the edit goes into the history.")
  var takeNew = false

  @Flag(help: "Make the edit on what the stage makes now.")
  var merge = false

  @Option(help: ArgumentHelp("Why, for the history. Default: the edit's own reason.", valueName: "text"))
  var why: String?

  @Option(help: ArgumentHelp("Who. Default: the user's name.", valueName: "name"))
  var author: String?

  @OptionGroup var options: EditOptions

  func perform() async throws -> CommandOutcome {
    guard [keep, takeNew, merge].count(where: { $0 }) <= 1 else {
      throw StageFailure.usage("--keep, --take-new and --merge exclude each other.")
    }
    let unit = try await place.find(options.data)
    guard let conflict = try PinConflict(unit, in: ObjectFolder(try options.data.folder)) else {
      StandardStream.error.write("\(unit.unit) is \(unit.standing.pin == nil ? "not pinned" : "not in conflict").\n")
      return .done
    }
    if keep {
      return try await options.perform(
        "sheaf resolve", UnitChange(unit, .keepPin) { _ in "\(unit.unit) stays as it was edited." })
    }
    if takeNew {
      return try await options.perform(
        "sheaf resolve", UnitChange(unit, .unpin) { _ in "\(unit.unit) is what its stage makes now." })
    }
    if merge { return try await perform(conflict, on: unit) }
    let lines = conflict.lines(unit, repeated: options.data.repeated)
    StandardStream.output.write(TerminalText.lines(lines.joined(separator: "\n")) + "\n")
    return .done
  }

  private func perform(_ conflict: PinConflict, on unit: FoundUnit) async throws -> CommandOutcome {
    guard let merged = conflict.merge.merged else {
      PayloadFaults(unit.unit, conflict.merge.collisions.map(\.description)).tell()
      throw StageFailure(
        .mergeConflict, "The edit and what the stage makes now touch the same parts of \(unit.unit).",
        page: unit.unit.page, hint: "Choose --keep or --take-new, or edit it again on what the stage makes.")
    }
    let payload: CheckpointPayload
    do {
      payload = try CheckpointPayload(checked: merged, of: unit.unit, await StageSchemas.payload(of: unit.unit))
    } catch let faults as PayloadFaults {
      faults.tell()
      throw faults.failure
    }
    let request = PinRequest(
      unit: unit.unit, content: .payload(payload.bytes, like: conflict.made),
      expected: unit.standing.record?.content, cause: .merge, author: PersonName.of(author),
      reason: why ?? unit.standing.pin?.why ?? "")
    let changes = ChangeListing.lines(conflict.newer.value, payload.value)
    let change = UnitChange(unit, .edit(request)) { outcome in
      switch outcome {
      case .pinned:
        (["\(unit.unit) is what its stage makes now, with your changes:"] + changes).joined(separator: "\n")
      case .unpinned: "\(unit.unit): your changes are what its stage makes now; nothing is pinned any more."
      case .unchanged: "\(unit.unit) stays as it was edited."
      }
    }
    return try await options.perform("sheaf resolve", change)
  }
}

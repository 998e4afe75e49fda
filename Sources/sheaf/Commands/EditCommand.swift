import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import StageKit

struct EditCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Correct a checkpoint by hand; what depends on it runs again.",
    discussion: """
      Opens $VISUAL or $EDITOR on the checkpoint's payload, or takes it from a file, from a JSON Patch (RFC 6902) or from \
      the file that was put in its place in the job's folder. It is checked against the stage's schema, with the place \
      of each fault, and pinned: from then on it stands for what the stage makes, in this job only. Reruns leave it as \
      it is and say when it is out of date.

        sheaf edit last ocr 7
        sheaf edit last ocr 7 --patch - --why "misread" <<< \
      '[{"op":"replace","path":"/words/12/text","value":"The"}]'
        sheaf show last tables 5 > t.json && $EDITOR t.json && sheaf edit last tables 5 --file t.json
      """)

  @OptionGroup var place: UnitArguments

  @Option(
    help: ArgumentHelp("Take the payload from a file; - is standard input.", valueName: "file"), completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp("Apply a JSON Patch from a file; - is standard input.", valueName: "file"), completion: .file())
  var patch: String?

  @Flag(help: "Take the file that was put in the checkpoint's place in the job's folder.")
  var adopt = false

  @Option(help: ArgumentHelp("Why, for the history.", valueName: "text"))
  var why: String?

  @Option(help: ArgumentHelp("Who. Default: the user's name.", valueName: "name"))
  var author: String?

  @OptionGroup var history: KeepOption
  @OptionGroup var options: EditOptions

  func perform() async throws -> CommandOutcome {
    guard [file != nil, patch != nil, adopt].count(where: { $0 }) <= 1 else {
      throw StageFailure.usage("--file, --patch and --adopt exclude each other.")
    }
    let keep = try history.count()
    // Said first: a person need not find out which formats there are.
    guard try ClosedName.stage(place.stage) != .export else {
      throw StageFailure.usage(
        "An export is files, not a result that others are made of.", hint: "Edit the checkpoint that it is made from.")
    }
    let unit = try await place.find(options.data)
    let editing = Editing(unit, schema: try await StageSchemas.payload(of: unit.unit), in: try options.data.folder)
    let edit: Editing.Edit?
    do {
      edit = try await taken(by: editing)
    } catch let faults as PayloadFaults {
      faults.tell()
      throw faults.failure
    }
    guard let edit else {
      StandardStream.error.write("\(unit.unit): nothing is changed.\n")
      return .done
    }
    do {
      return try await pin(edit, of: unit, keep)
    } catch {
      // An hour's work is not lost to a folder that is in use.
      if let editor = edit.editor {
        editor.keep()
        StandardStream.error.write("The edit is kept; apply it with: sheaf edit \(unit.words) --file \(editor.path)\n")
      }
      throw error
    }
  }

  private func taken(by editing: Editing) async throws -> Editing.Edit? {
    if let file { return try editing.take(text: InputText.read(file)) }
    if let patch { return try editing.apply(patch: InputText.read(patch)) }
    if adopt { return try await editing.adopt() }
    return try editing.interactively()
  }

  private func pin(_ edit: Editing.Edit, of unit: FoundUnit, _ keep: Int?) async throws -> CommandOutcome {
    let request = PinRequest(
      unit: unit.unit, content: .payload(edit.payload.bytes, like: unit.standing.record),
      expected: unit.standing.record?.content, cause: .edit, author: PersonName.of(author), reason: why ?? "",
      adopted: edit.adopted)
    let changes = edit.changes
    let change = UnitChange(unit, .edit(request)) { outcome in
      switch outcome {
      case .pinned: (["\(unit.unit) is pinned:"] + changes).joined(separator: "\n")
      case .unpinned: "\(unit.unit) is what its stage makes again, and no longer pinned."
      case .unchanged: "\(unit.unit): nothing is changed."
      }
    }
    return try await options.perform("sheaf edit", change, keep: keep)
  }
}

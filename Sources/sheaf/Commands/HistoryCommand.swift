import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

struct HistoryCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "List the versions of a checkpoint that reruns and edits replaced.",
    discussion: """
      Of each: its number, when and by what it was replaced, its content digest, who made it if a person did, and the \
      options it was made with where they are not those of the current one. The files lie in the job's folder under \
      history; --keep of run, resume, rerun and edit says how many stay. Needs no lock.

        sheaf history last ocr 7
      """)

  @OptionGroup var place: UnitArguments

  @Flag(help: "Print JSON lines.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let unit = try await place.find(data)
    let entries = try await unit.ledger.history(of: unit.job, unit: unit.unit).filter { $0.unit == unit.unit }
    let store = ObjectFolder(try data.folder)
    let versions = try Versions(unit, entries, in: store)
    if json {
      StandardStream.output.write(versions.json.map(JSONLine.text).joined())
    } else if entries.isEmpty {
      StandardStream.error.write("\(unit.unit) was never replaced.\n")
    } else {
      StandardStream.output.write(versions.table.lines.joined(separator: "\n") + "\n")
    }
    return .done
  }
}

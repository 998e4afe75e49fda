import ArgumentParser
import CanonicalJSON
import Checkpoints
import StageKit

struct DoctorCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look whether all is there that Sheaf needs, and say what to do about what is not.",
    discussion: "Ends with 1 where something essential is missing.")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let findings = [Finding("sheaf", Sheaf.version)] + (await Examination(folder: try data.folder).findings())
    let isWell = findings.allSatisfy { $0.grade != .problem }
    if json {
      let report: JSONValue = ["ok": .bool(isWell), "findings": .array(findings.map(\.json))]
      StandardStream.output.write(JSONLine.text(report))
    } else {
      let column = findings.map { TerminalText.width($0.subject) }.max() ?? 0
      let lines = findings.flatMap { $0.lines(style: .ofOutput, column: column) }
      StandardStream.output.write(lines.joined(separator: "\n") + "\n")
    }
    return isWell ? .done : .failed
  }
}

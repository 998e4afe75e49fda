import ArgumentParser
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

struct DeleteCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Remove jobs with their checkpoints and results.",
    discussion: """
      The copy of the document in the data folder goes too, unless another job needs it; results that were delivered \
      stay. Asks first where it runs on a terminal.
      """)

  @Argument(help: ArgumentHelp("Jobs; last is the newest.", valueName: "job"))
  var jobs: [String]

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    guard let ledger = try data.ledger() else { throw StageFailure.noJob(jobs[0]) }
    let records = try await JobReference.resolve(jobs, ledger)
    guard yes || confirm(records) else {
      StandardStream.error.write("Nothing was removed.\n")
      return .failed
    }
    if let link = try await ServerLink(data.folder, repeated: data.repeated) {
      for record in records {
        _ = try await link.ask(.delete, "/api/v1/jobs/\(record.manifest.id)")
        StandardStream.error.write("removed \(Self.words(record))\n")
      }
      return .done
    }
    try await EngineVisit.run("sheaf delete", in: try data.folder) { engine in
      for record in records {
        try await engine.delete(record.manifest.id)
        StandardStream.error.write("removed \(Self.words(record))\n")
      }
    }
    return .done
  }

  /// Only somebody who can see the question and answer it is asked.
  private func confirm(_ records: [JobRecord]) -> Bool {
    guard StandardStream.error.isTerminal, StandardStream.inputIsTerminal else { return true }
    for record in records { StandardStream.error.write("  \(Self.words(record))\n") }
    StandardStream.error.write("Remove \(records.count == 1 ? "this job" : "these \(records.count) jobs")? [y/N] ")
    return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
  }

  private static func words(_ record: JobRecord) -> String {
    let pages = record.pageCount.map { ", \(Measure.count($0, "page"))" } ?? ""
    return TerminalText.plain("\(record.manifest.id): \(record.manifest.name)\(pages)")
  }
}

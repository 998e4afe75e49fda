import ArgumentParser
import Checkpoints
import Engine
import Ledger
import StageKit

struct CancelCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel jobs, also those that another sheaf works on.",
    discussion: "What is done is kept; sheaf resume takes a cancelled job up again.")

  @Argument(help: ArgumentHelp("Jobs; last is the newest.", valueName: "job"))
  var jobs: [String]

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    guard let ledger = try data.ledger() else { throw StageFailure.noJob(jobs[0]) }
    let records = try await JobReference.resolve(jobs, ledger)
    let open = records.filter { !$0.manifest.state.isFinished }
    for record in records where record.manifest.state.isFinished {
      StandardStream.error.write(
        "\(record.manifest.id) is \(JobSummary.state(record.manifest.state)) already: \(TerminalText.plain(record.manifest.name))\n"
      )
    }
    if !open.isEmpty { try await cancel(open) }
    for record in open {
      StandardStream.error.write("cancelled \(record.manifest.id): \(TerminalText.plain(record.manifest.name))\n")
    }
    return .done
  }

  private func cancel(_ records: [JobRecord]) async throws {
    let folder = try data.folder
    var rest = records[...]
    // A client asks one thing.
    while let record = rest.first, let owner = try ControlClient(folder) {
      try await owner.cancel(record.manifest.id)
      rest.removeFirst()
    }
    guard !rest.isEmpty else { return }
    try await EngineVisit.run("sheaf cancel", in: folder) { engine in
      for record in rest { try await engine.cancel(record.manifest.id) }
    }
  }
}

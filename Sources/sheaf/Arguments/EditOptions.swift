import ArgumentParser
import Checkpoints
import Engine
import Ledger
import StageKit

/// What every command takes that changes what stands for a unit, and then runs what depends on it.
struct EditOptions: ParsableArguments {
  @Flag(name: .customLong("no-run"), help: "Leave what depends on it for the next sheaf resume.")
  var noRun = false

  @Option(
    help: ArgumentHelp("A file whose first line is the document's password.", valueName: "file"), completion: .file())
  var passwordFile: String?

  @OptionGroup var data: DataOption
  @OptionGroup var target: TargetOption
  @OptionGroup var work: WorkOptions

  /// Makes the change, with the data folder locked, and runs what depends on it.
  ///
  /// - Parameters:
  ///   - program: what the lock file calls it.
  ///   - keep: how many replaced versions the job is to keep; nil for as many as before.
  ///   - change: returns what to tell people of it.
  func perform(
    _ program: String, on unit: FoundUnit, keep: Int? = nil,
    _ change: @escaping @Sendable (JobEngine) async throws -> String
  ) async throws -> CommandOutcome {
    let password = try passwordFile.map(PasswordFile.read)
    try target.check(json: work.json, documents: 1, formats: [])
    let job = unit.job
    @Sendable func apply(_ engine: JobEngine) async throws {
      if let keep { try await engine.keep(keep, versionsOf: job) }
      StandardStream.error.write(TerminalText.lines(try await change(engine)) + "\n")
    }
    if noRun {
      try await EngineVisit.run(program, in: try data.folder) { try await apply($0) }
      return .done
    }
    return try await WorkSession.run(
      program, data: data, work: work, target: target.target,
      prepare: { engine in
        let record = try await JobReference(text: job.text).resolve(engine.ledger)
        // Before anything runs: what is refused ends the command, and nothing is delivered.
        try await apply(engine)
        return WorkItem.list([record])
      },
      subject: { $0.item.name.text }
    ) { session, element in
      let record = try await session.engine.resume(element.item.job, password: password)
      try await session.watch(record, element.item, since: element.record.seq)
    }
  }
}

import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
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

  /// Makes the change and runs what depends on it: here with the data folder locked, or on the server that has it.
  ///
  /// - Parameters:
  ///   - program: what the lock file calls it.
  ///   - keep: how many replaced versions the job is to keep; nil for as many as before.
  func perform(_ program: String, _ change: UnitChange, keep: Int? = nil) async throws -> CommandOutcome {
    let password = try passwordFile.map(PasswordFile.read)
    try target.check(json: work.json, documents: 1, formats: [])
    let job = change.unit.job
    if let link = try await ServerLink(data.folder, repeated: data.repeated) {
      if let keep { try await link.keep(keep, versionsOf: job) }
      return try await perform(change, over: link, password)
    }
    @Sendable func apply(_ engine: JobEngine) async throws {
      if let keep { try await engine.keep(keep, versionsOf: job) }
      StandardStream.error.write(TerminalText.lines(try await change.make(with: engine, holds: noRun)) + "\n")
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

  private func perform(
    _ change: UnitChange, over link: ServerLink, _ password: String?
  ) async throws -> CommandOutcome {
    do {
      StandardStream.error.write(TerminalText.lines(try await change.make(over: link)) + "\n")
    } catch let faults as PayloadFaults {
      faults.tell()
      throw faults.failure
    }
    if noRun { return .done }
    var body: [String: JSONValue] = [:]
    if let password { body["password"] = .string(password) }
    let request = JSONValue.object(body)
    // As it stands now: that it was held for the change is no rest.
    let (record, _) = try await data.job(change.unit.job.text)
    return try await RemoteSession.ask(link, work, target, [record]) { record in
      _ = try await link.ask(.post, "/api/v1/jobs/\(record.manifest.id)/resume", request)
    }
  }
}

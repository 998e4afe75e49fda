import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

struct ResumeCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on with jobs that were stopped, paused, cancelled or failed.",
    discussion: """
      What a job has done stays done. On a finished job, resume sees that everything is there and delivers the results \
      again. Pages that were given up stay so, unless --retry-gaps is given.
      """)

  @Argument(help: ArgumentHelp("Jobs; last is the newest.", valueName: "job"))
  var jobs: [String] = []

  @Flag(help: "Every job that is not finished.")
  var all = false

  @Flag(help: "Try pages and exports again that were given up.")
  var retryGaps = false

  @Option(
    help: ArgumentHelp("A file whose first line is the documents' password.", valueName: "file"), completion: .file())
  var passwordFile: String?

  @OptionGroup var data: DataOption
  @OptionGroup var target: TargetOption
  @OptionGroup var history: KeepOption
  @OptionGroup var work: WorkOptions

  func perform() async throws -> CommandOutcome {
    if jobs.isEmpty == !all {
      throw StageFailure.usage(all ? "--all takes no jobs." : "No job is named.", hint: "Give jobs or --all.")
    }
    try target.check(json: work.json, documents: all ? 2 : jobs.count, formats: [])
    let keep = try history.count()
    let password = try passwordFile.map(PasswordFile.read)
    if let link = try await ServerLink(data.folder, repeated: data.repeated) {
      return try await resume(link, password, keep)
    }
    return try await WorkSession.run(
      "sheaf resume", data: data, work: work, target: target.target,
      prepare: { engine in
        guard all else { return WorkItem.list(try await JobReference.resolve(jobs, engine.ledger)) }
        let unfinished = try await engine.ledger.unfinishedJobs()
        if unfinished.isEmpty { StandardStream.error.write("Every job is finished.\n") }
        return WorkItem.list(unfinished)
      },
      subject: { $0.item.name.text }
    ) { session, element in
      if let keep { try await session.engine.keep(keep, versionsOf: element.item.job) }
      let record = try await session.engine.resume(element.item.job, retryGaps: retryGaps, password: password)
      try await session.watch(record, element.item, since: element.record.seq)
    }
  }

  /// Lets the server that has the folder do it.
  private func resume(_ link: ServerLink, _ password: String?, _ keep: Int?) async throws -> CommandOutcome {
    guard let ledger = try data.ledger() else { throw StageFailure.noJob(jobs.first ?? JobReference.newest) }
    let records = all ? try await ledger.unfinishedJobs() : try await JobReference.resolve(jobs, ledger)
    if records.isEmpty { StandardStream.error.write("Every job is finished.\n") }
    var body: [String: JSONValue] = ["retry_gaps": .bool(retryGaps)]
    if let password { body["password"] = .string(password) }
    let request = JSONValue.object(body)
    return try await RemoteSession.ask(link, work, target, records) { record in
      if let keep { try await link.keep(keep, versionsOf: record.manifest.id) }
      _ = try await link.ask(.post, "/api/v1/jobs/\(record.manifest.id)/resume", request)
    }
  }
}

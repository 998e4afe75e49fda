import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import StageKit

struct RerunCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "rerun",
    abstract: "Run a job again from a stage, with other options.",
    discussion: """
      The options given with --set stay with the job until --reset. Only what depends on something that changed runs: \
      where a stage yields what it did before, nothing after it runs, and options that were used before bring the old \
      results back at once.

        sheaf rerun last --stage ocr --pages 3 --set ocr.languages=deu
        sheaf rerun last --stage ocr --set ocr.languages=deu --dry-run
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Option(help: ArgumentHelp("The stage.", valueName: "stage"), completion: .list(StageID.allCases.map(\.rawValue)))
  var stage: String

  @Option(help: ArgumentHelp("Pages that the options are for: 1-5,9.", valueName: "pages"))
  var pages: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("An option of the stage; may be given often.", valueName: "stage.option=value"))
  var settings: [String] = []

  @Flag(help: "Run the stage even where its results are there.")
  var force = false

  @Flag(help: "Take the stage's options back to what they are by default, before --set.")
  var reset = false

  @Flag(help: "Tell what would run, why and for how long; change nothing. Needs no lock.")
  var dryRun = false

  @Option(
    help: ArgumentHelp("A file whose first line is the document's password.", valueName: "file"), completion: .file())
  var passwordFile: String?

  @OptionGroup var data: DataOption
  @OptionGroup var target: TargetOption
  @OptionGroup var history: KeepOption
  @OptionGroup var work: WorkOptions

  func perform() async throws -> CommandOutcome {
    let request = RerunRequest(
      stage: try ClosedName.stage(stage), pages: try pages.map(ClosedName.pages), settings: settings, force: force,
      reset: reset)
    if dryRun { return try await tell(request) }
    try target.check(json: work.json, documents: 1, formats: [])
    let keep = try history.count()
    let password = try passwordFile.map(PasswordFile.read)
    if let link = try await ServerLink(data.folder, repeated: data.repeated) {
      return try await rerun(link, password, keep)
    }
    return try await WorkSession.run(
      "sheaf rerun", data: data, work: work, target: target.target,
      prepare: { WorkItem.list([try await JobReference(text: job).resolve($0.ledger)]) },
      subject: { $0.item.name.text }
    ) { session, element in
      if let keep { try await session.engine.keep(keep, versionsOf: element.item.job) }
      let record = try await session.engine.rerun(element.item.job, request, password: password)
      try await session.watch(record, element.item, since: element.record.seq)
    }
  }

  /// Lets the server that has the folder do it.
  private func rerun(_ link: ServerLink, _ password: String?, _ keep: Int?) async throws -> CommandOutcome {
    var body: [String: JSONValue] = [
      "stages": [.string(stage)], "force": .bool(force), "reset": .bool(reset),
      "options": .object(try Self.options(settings)),
    ]
    if let pages { body["pages"] = .string(pages) }
    if let password { body["password"] = .string(password) }
    let request = JSONValue.object(body)
    return try await RemoteSession.ask(link, work, target, [try await data.job(job).record]) { record in
      if let keep { try await link.keep(keep, versionsOf: record.manifest.id) }
      _ = try await link.ask(.post, "/api/v1/jobs/\(record.manifest.id)/rerun", request)
    }
  }

  /// `ocr.languages=deu+eng` by name, as typed.
  private static func options(_ settings: [String]) throws(StageFailure) -> [String: JSONValue] {
    var options: [String: JSONValue] = [:]
    for setting in settings {
      guard let sign = setting.firstIndex(of: "=") else {
        throw .usage("\"\(setting)\" is no option.", hint: "Write it as stage.option=value.")
      }
      options[String(setting[..<sign])] = .string(String(setting[setting.index(after: sign)...]))
    }
    return options
  }

  private func tell(_ request: RerunRequest) async throws -> CommandOutcome {
    let (record, ledger) = try await data.job(job)
    let pipeline = try await ConfiguredModels.pipeline(of: WorkerProgram())
    let survey = try await JobSurvey(record, ledger: ledger, folder: data.folder, pipeline: pipeline)
    let forecast = try await RerunForecaster(survey, request, workers: work.workerCount()).forecast()
    if work.json {
      StandardStream.output.write(JSONLine.text(try JSONLine.encoded(forecast)))
    } else {
      StandardStream.output.write(ForecastText(forecast, style: .ofOutput).lines.joined(separator: "\n") + "\n")
    }
    return .done
  }
}

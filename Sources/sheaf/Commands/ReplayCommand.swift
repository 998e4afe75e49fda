import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import Ledger
import StageKit

struct ReplayCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Try a stage on what jobs have stored, without touching the jobs.",
    discussion: """
      Runs the installed version of one stage, with the jobs' own options or others, over the checkpoints that stand \
      above it, and tells what would change, how much, and what it costs beside what it cost. Needs no lock. What \
      comes out is thrown away, unless --out names a folder.

        sheaf replay last --stage tables
        sheaf replay --all --stage ocr --set ocr.languages=deu --pages 1
        sheaf replay last --stage tables --out tried && diff -r tried/*/06-tables DATA/jobs/JOB/06-tables

      Ends with 3 where units failed.
      """)

  @Argument(help: ArgumentHelp("Jobs; last is the newest.", valueName: "job"))
  var jobs: [String] = []

  @Flag(help: "Every job of the data folder.")
  var all = false

  @Option(help: ArgumentHelp("The stage.", valueName: "stage"), completion: .list(StageID.allCases.map(\.rawValue)))
  var stage: String

  @Option(help: ArgumentHelp("Only these pages: 1-5,9.", valueName: "pages"))
  var pages: String?

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("An option of the stage; may be given often.", valueName: "stage.option=value"))
  var settings: [String] = []

  @Option(
    name: .customLong("out"), help: ArgumentHelp("A folder for what comes out.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp("A file whose first line is the documents' password.", valueName: "file"), completion: .file())
  var passwordFile: String?

  @Option(help: ArgumentHelp("Worker processes at most. Default: one per core.", valueName: "n"))
  var workers: Int?

  @Flag(help: "Print JSON, one object per job.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    if jobs.isEmpty == !all {
      throw StageFailure.usage(all ? "--all takes no jobs." : "No job is named.", hint: "Give jobs or --all.")
    }
    let request = ReplayRequest(
      stage: try ClosedName.stage(stage), pages: try pages.map(ClosedName.pages), settings: settings,
      password: try passwordFile.map(PasswordFile.read), output: output)
    guard let ledger = try data.ledger() else { throw StageFailure.noJob(jobs.first ?? "last") }
    let records =
      try await all
      ? ledger.jobs(states: nil, before: nil, limit: .max) : JobReference.resolve(jobs, ledger)
    let program = try WorkerProgram()
    let pipeline = try await ConfiguredModels.pipeline(of: program)
    let scratch = try ScratchFolder("replay")
    let replayer = StageReplayer(
      program, pipeline, workers: try WorkOptions.count(workers), scratch: scratch.path, logger: EngineLog.logger())
    var replays: [JobReplay] = []
    for record in records {
      let survey = try await JobSurvey(record, ledger: ledger, folder: data.folder, pipeline: pipeline)
      let replay = try await replayer.replay(survey, request)
      replays.append(replay)
      if json {
        StandardStream.output.write(JSONLine.text(try JSONLine.encoded(replay)))
      } else {
        let text = ReplayText(replay, stage: request.stage, style: .ofOutput)
        StandardStream.output.write(text.lines.joined(separator: "\n") + "\n")
      }
    }
    withExtendedLifetime(scratch) {}
    if !json, replays.count > 1 {
      let lines = ReplayText.total(replays, stage: request.stage, style: .ofOutput)
      StandardStream.output.write(lines.joined(separator: "\n") + "\n")
    }
    return replays.contains { $0.count(.failed) > 0 } ? .pageErrors : .done
  }
}

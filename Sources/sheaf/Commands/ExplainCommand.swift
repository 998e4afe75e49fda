import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

struct ExplainCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tell why a result of a job is what it is.",
    discussion: """
      What its key is made of and which part of that changed, whether it ran or was found and who made it, what hangs \
      on it, how long it took, and whether the programs installed today would still make the same. Needs no lock.

        sheaf explain last ocr 3
        sheaf explain last export md
        sheaf explain last sections --json | jq .differences
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Argument(help: ArgumentHelp("The stage.", valueName: "stage"), completion: .list(StageID.allCases.map(\.rawValue)))
  var stage: String

  @Argument(help: ArgumentHelp("A page, from 1; for export a format.", valueName: "page"))
  var page: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let choice = try UnitChoice(stage: stage, place: page)
    let (record, ledger) = try await data.job(job)
    let pipeline = try await ConfiguredModels.pipeline(of: WorkerProgram())
    let survey = try await JobSurvey(record, ledger: ledger, folder: data.folder, pipeline: pipeline)
    let unit = try choice.unit(of: Array(survey.rows.keys))
    let explanation = try await UnitExplainer(survey).explain(unit)
    if json {
      StandardStream.output.write(JSONLine.text(try JSONLine.encoded(explanation)))
    } else {
      let text = ExplanationText(explanation, style: .ofOutput, repeated: data.repeated)
      StandardStream.output.write(text.lines.joined(separator: "\n") + "\n")
    }
    return .done
  }
}

import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import Inspection
import Ledger
import StageKit

struct DiffCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show in what two jobs differ, or a job from what it was.",
    discussion: """
      Names the first stage whose results differ, the options that differ, and then stage by stage what changed: \
      words with both readings and the engine's confidence, boxes that moved, regions taken for something else, cells, \
      order, fields, Markdown line by line. Without another job, the job is compared with what its units were before \
      they were last replaced; with a stage, only that stage, or one page of it.

        sheaf diff last                         what the last rerun changed
        sheaf diff a1b2 c3d4 --pages 1-3        two jobs
        sheaf diff last ocr 7 --image ocr.png   both states drawn over the page
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Argument(help: ArgumentHelp("Another job, or a stage to compare with its history.", valueName: "other"))
  var other: String?

  @Argument(help: ArgumentHelp("A page, from 1; for export a format.", valueName: "page"))
  var page: String?

  @Option(help: ArgumentHelp("Which entry of the unit's history; default the newest.", valueName: "n"))
  var history: Int?

  @Option(
    help: ArgumentHelp("Only this stage; may be given often.", valueName: "stage"),
    completion: .list(StageID.allCases.map(\.rawValue)))
  var stage: [String] = []

  @Option(help: ArgumentHelp("Only these pages: 1-5,9.", valueName: "pages"))
  var pages: String?

  @Option(
    help: ArgumentHelp("Draw both states over the first page that differs, as PNG.", valueName: "file"),
    completion: .file(extensions: ["png"]))
  var image: String?

  @Flag(help: "Print every change; without it, the first ones of each unit.")
  var all = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let (record, ledger) = try await data.job(job)
    let (old, new, stages) = try await states(record, ledger)
    var picked: Set<Int>?
    if let pages {
      let count = max(old.pages.last ?? 0, new.pages.last ?? 0)
      picked = Set(try ClosedName.pages(pages).pages(of: count))
    } else if let page, let number = Int(page) {
      picked = [number]
    }
    let difference = try JobComparison(old, new, stages: stages, pages: picked).run()
    if json {
      try CanonicalEncoder().encode(difference).withUnsafeBytes { _ = StandardStream.output.write($0) }
      StandardStream.output.write("\n")
    } else {
      let report = DifferenceReport(difference, style: .ofOutput, mostChanges: all ? .max : DifferenceReport.usual)
      StandardStream.output.write(report.lines.joined(separator: "\n") + "\n")
    }
    if let image { try await DifferenceImage(difference, old, new).write(to: image) }
    return .done
  }

  private func states(
    _ record: JobRecord, _ ledger: any LedgerReader
  ) async throws -> (old: JobSnapshot, new: JobSnapshot, stages: Set<StageID>?) {
    let folder = try data.folder
    let picked = stage.isEmpty ? nil : Set(try stage.map(ClosedName.stage))
    guard let other else {
      let now = try await JobSnapshot.now(record, ledger, in: folder)
      return (try now.before(in: folder), now, picked)
    }
    // A stage's name is never meant as the beginning of an id.
    if let named = StageID.allCases.first(where: { $0.rawValue == other.lowercased() || $0.folder == other }) {
      let now = try await JobSnapshot.now(record, ledger, in: folder)
      let units = try now.units.filter { try $0.stage == named && isWanted($0) }
      guard !units.isEmpty else {
        throw StageFailure(
          .checkpointNotFound, "The job has no such unit.", hint: "sheaf status \(job) shows what it has.")
      }
      return (try now.before(units, number: history, in: folder), now, [named])
    }
    guard page == nil, history == nil else {
      throw StageFailure.usage("Two jobs are compared whole.", hint: "Pick with --stage and --pages.")
    }
    let second = try await JobReference(text: other).resolve(ledger)
    let old = try await JobSnapshot.now(record, ledger, in: folder, label: record.manifest.id.text)
    let new = try await JobSnapshot.now(second, ledger, in: folder, label: second.manifest.id.text)
    return (old, new, picked)
  }

  private func isWanted(_ unit: UnitID) throws -> Bool {
    guard let page else { return true }
    if unit.stage == .export { return unit.subject == .format(try ClosedName.format(page).rawValue) }
    guard let number = Int(page), number > 0 else {
      throw StageFailure.usage("\"\(page)\" is no page.", hint: "Pages count from 1.")
    }
    return unit.page == number
  }
}

import ArgumentParser
import CanonicalJSON
import Checkpoints
import Engine
import Ledger
import StageKit

struct ShowCommand: SheafCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print a checkpoint of a job as JSON.",
    discussion: """
      Without a page, the checkpoint over the whole document. For export, the page is a format; without one, the \
      files of all exports are listed.

        sheaf show last ocr 3 | jq .payload
        sheaf show last export
      """)

  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Argument(help: ArgumentHelp("The stage.", valueName: "stage"), completion: .list(StageID.allCases.map(\.rawValue)))
  var stage: String

  @Argument(help: ArgumentHelp("A page, from 1; for export a format.", valueName: "page"))
  var page: String?

  @Flag(help: "The checkpoint's own bytes, on one line.")
  var raw = false

  @OptionGroup var data: DataOption

  func perform() async throws -> CommandOutcome {
    let stage = try ClosedName.stage(stage)
    let (record, ledger) = try await data.job(job)
    let store = ObjectFolder(try data.folder)
    if stage == .export, page == nil {
      try await listExports(of: record, ledger, store)
    } else {
      let finder = CheckpointFinder(job: record.manifest.id, ledger: ledger)
      let (unit, object) = try await finder.checkpoint(stage, subject(stage))
      try print(unit, object, from: store)
    }
    return .done
  }

  private func subject(_ stage: StageID) throws(StageFailure) -> UnitSubject? {
    guard let page else { return nil }
    if stage == .export { return .format(try ClosedName.format(page).rawValue) }
    guard let number = Int(page), number > 0 else {
      throw .usage("\"\(page)\" is no page.", hint: "Pages count from 1.")
    }
    return .page(number)
  }

  private func print(_ unit: UnitID, _ object: Digest, from store: ObjectFolder) throws {
    try store.get(object).withBytes { bytes in
      _ = try CheckpointReader(bytes, unit: unit, file: object)
      if raw {
        StandardStream.output.write(bytes)
      } else {
        try JSONText.prettyPrinted(bytes).withUnsafeBytes { _ = StandardStream.output.write($0) }
        StandardStream.output.write("\n")
      }
    }
  }

  private func listExports(of record: JobRecord, _ ledger: any LedgerReader, _ store: ObjectFolder) async throws {
    let results = try await ExportedResult.all(of: record.manifest.id, in: ledger, store)
    guard !results.isEmpty else {
      throw StageFailure(.checkpointNotFound, "The job has no exports yet.", hint: "sheaf export makes them.")
    }
    let name = OutputName(record.manifest.name)
    var table = TextTable(["FORMAT", "SIZE", "FILE"], rightAligned: [1])
    for result in results {
      for file in result.files { table.add([result.format, Measure.bytes(file.length), name.text + file.suffix]) }
    }
    StandardStream.output.write(table.lines.joined(separator: "\n") + "\n")
  }
}

import ArgumentParser
import Checkpoints
import Engine
import Ledger
import StageKit

/// A unit as named on the command line: `last ocr 7`, `last sections`, `last regions 3` for one page's part.
struct UnitArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("The job; last is the newest.", valueName: "job"))
  var job: String

  @Argument(help: ArgumentHelp("The stage.", valueName: "stage"), completion: .list(StageID.allCases.map(\.rawValue)))
  var stage: String

  @Argument(help: ArgumentHelp("A page, from 1; none for what is over the whole document.", valueName: "page"))
  var page: String?

  /// Finds what stands for it, without a lock.
  func find(_ data: DataOption) async throws -> FoundUnit {
    try await FoundUnit(job: job, stage: stage, page: page, data)
  }
}

/// A unit of a job with what stands for it.
struct FoundUnit: Sendable {
  let record: JobRecord
  let ledger: any LedgerReader
  let standing: StandingCheckpoint

  var job: JobID { record.manifest.id }
  var unit: UnitID { standing.unit }

  /// How the unit is written in a command.
  var words: String {
    switch unit.subject {
    case .document: "\(job) \(unit.stage.rawValue)"
    case .page(let page): "\(job) \(unit.stage.rawValue) \(page)"
    case .format(let format): "\(job) \(unit.stage.rawValue) \(format)"
    }
  }

  /// - Throws: `StageFailure` where there is no such job or unit, or a page is missing or too much.
  init(job: String, stage: String, page: String?, _ data: DataOption) async throws {
    let stage = try ClosedName.stage(stage)
    var subject = try page.map { try Self.subject($0, stage) }
    (record, ledger) = try await data.job(job)
    if subject == nil { subject = try await Self.onlySubject(of: stage, record.manifest.id, ledger) }
    standing = try await StandingCheckpoint(
      UnitID(stage, subject ?? .document), of: record.manifest.id, in: ledger)
  }

  private static func subject(_ page: String, _ stage: StageID) throws -> UnitSubject {
    if stage == .export { return .format(try ClosedName.format(page).rawValue) }
    guard let number = Int(page), number > 0 else {
      throw StageFailure.usage("\"\(page)\" is no page.", hint: "Pages count from 1.")
    }
    return .page(number)
  }

  private static func onlySubject(
    of stage: StageID, _ job: JobID, _ ledger: any LedgerReader
  ) async throws -> UnitSubject {
    let units = try await ledger.units(of: job).filter { $0.unit.stage == stage }
    if units.count == 1 { return units[0].unit.subject }
    guard let first = units.first?.unit.page, let last = units.last?.unit.page else { return .document }
    throw StageFailure.usage("\(stage.rawValue) is page by page.", hint: "Give a page from \(first) to \(last).")
  }
}

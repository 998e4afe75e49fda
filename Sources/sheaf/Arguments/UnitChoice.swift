import Checkpoints
import Ledger
import StageKit

/// A unit as named on the command line: a stage, and a page or for export a format where it has several.
struct UnitChoice: Sendable, Hashable {
  let stage: StageID
  /// Nil for the document, or for the only one there is.
  let subject: UnitSubject?

  /// - Parameter place: a page from 1, for export a format; nil for none.
  init(stage: String, place: String?) throws(StageFailure) {
    self.stage = try ClosedName.stage(stage)
    guard let place else {
      subject = nil
      return
    }
    if self.stage == .export {
      subject = .format(try ClosedName.format(place).rawValue)
    } else if let page = Int(place), page > 0 {
      subject = .page(page)
    } else {
      throw .usage("\"\(place)\" is no page.", hint: "Pages count from 1.")
    }
  }

  /// The unit that is meant among a job's.
  func unit(of units: [UnitID]) throws(StageFailure) -> UnitID {
    if let subject { return UnitID(stage, subject) }
    let own = units.filter { $0.stage == stage }.sorted()
    if own.count == 1 { return own[0] }
    guard let first = own.first, let last = own.last else {
      throw StageFailure(
        .checkpointNotFound, "The job has no \(stage.rawValue) in its plan.", hint: "sheaf status tells what it has.")
    }
    if let from = first.page, let to = last.page {
      throw .usage("\(stage.rawValue) is page by page.", hint: "Give a page from \(from) to \(to).")
    }
    let formats = own.map(\.basename).joined(separator: ", ")
    throw .usage("The job has several exports.", hint: "Give a format: \(formats).")
  }
}

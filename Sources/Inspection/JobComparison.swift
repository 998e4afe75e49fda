import Checkpoints
import Ledger
import StageKit

/// Compares two states, unit by unit: equal content digests need no look.
package struct JobComparison {
  package let old: JobSnapshot
  package let new: JobSnapshot
  /// Nil for all.
  package var stages: Set<StageID>?
  /// Nil for all; document units are compared whatever pages are picked.
  package var pages: Set<Int>?

  package init(_ old: JobSnapshot, _ new: JobSnapshot, stages: Set<StageID>? = nil, pages: Set<Int>? = nil) {
    self.old = old
    self.new = new
    self.stages = stages
    self.pages = pages
  }

  /// - Throws: `StageFailure` with `checkpoint_corrupt` where a checkpoint is not what was recorded.
  package func run() throws -> JobDifference {
    let units = Set(old.units).union(new.units).filter(isWanted).sorted()
    var found: [StageID: [UnitDifference]] = [:]
    var equal: [StageID: Int] = [:]
    for unit in units {
      if try isEqual(unit) {
        equal[unit.stage, default: 0] += 1
      } else if let difference = try UnitComparison(old, new, unit).run() {
        found[unit.stage, default: []].append(difference)
      } else {
        equal[unit.stage, default: 0] += 1
      }
    }
    let stages = StageID.allCases.compactMap { stage in
      found[stage].map { JobDifference.Stage(stage: stage, units: $0, equal: equal[stage] ?? 0) }
    }
    return JobDifference(
      old: Self.side(old), new: Self.side(new),
      sameDocument: old.record.manifest.source == new.record.manifest.source,
      first: stages.first?.stage, stages: stages, compared: units.count)
  }

  private func isWanted(_ unit: UnitID) -> Bool {
    if let stages, !stages.contains(unit.stage) { return false }
    if let pages, let page = unit.page { return pages.contains(page) }
    return true
  }

  private func isEqual(_ unit: UnitID) throws -> Bool {
    switch (old.place(of: unit), new.place(of: unit)) {
    case (.gap(let a)?, .gap(let b)?): a == b
    case (let a?, let b?) where a == b: true
    case (.object(_, let a)?, .object(_, let b)?): a == b
    case (.history?, .object(_, let b)?): try old.header(of: unit).content == b
    case (.object(_, let a)?, .history?): try new.header(of: unit).content == a
    default: false
    }
  }

  private static func side(_ state: JobSnapshot) -> JobDifference.Side {
    JobDifference.Side(job: state.record.manifest.id, name: state.record.manifest.name, state: state.label)
  }
}

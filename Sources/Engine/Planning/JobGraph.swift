import Checkpoints
import StageKit

/// A job's units with what each still waits for. Pure: it knows neither ledger nor workers.
struct JobGraph: Sendable {
  private(set) var plan: JobPlan
  private var pending: [UnitID: Int] = [:]
  private var ends: [UnitID: UnitEnd] = [:]
  /// Units of the plan without an end.
  private var unsettledCount: Int

  /// A graph of the roots alone, until `expand` gives the pages.
  init(_ plan: JobPlan) {
    self.plan = plan
    unsettledCount = plan.units.count
  }

  /// Puts the whole plan in place of the roots.
  mutating func expand(to plan: JobPlan) {
    self.plan = plan
    let roots = Set(plan.roots)
    let units = plan.units
    for unit in units where !roots.contains(unit) { pending[unit] = plan.pendingCount(of: unit) }
    unsettledCount = units.count - ends.count
  }

  /// How many needs of a unit are not settled; nil where it waits for none.
  func pendingCount(of unit: UnitID) -> Int? { pending[unit] }

  func end(of unit: UnitID) -> UnitEnd? { ends[unit] }

  /// Records a unit's end.
  ///
  /// - Returns: the units that wait for nothing any more, by stage, then page.
  mutating func settle(_ unit: UnitID, _ end: UnitEnd) -> [UnitID] {
    guard ends.updateValue(end, forKey: unit) == nil else { return [] }
    unsettledCount -= 1
    var open: [UnitID] = []
    for dependent in plan.dependents(of: unit) {
      guard let count = pending[dependent] else { continue }
      pending[dependent] = count - 1
      if count == 1 { open.append(dependent) }
    }
    return open
  }

  /// Whether every unit of the plan has ended.
  var isSettled: Bool { unsettledCount == 0 }

  /// The checkpoint that a name of an order stands for.
  ///
  /// - Parameter results: of units that have not been settled yet.
  func record(of reference: UpstreamReference, beside results: [UnitID: UnitResult] = [:]) -> CheckpointRecord? {
    if let result = results[reference.owner] { return result.record(of: reference.name) }
    guard case .done(let result)? = ends[reference.owner] else { return nil }
    return result.record(of: reference.name)
  }

  /// How what a unit needs stands in its key and order.
  ///
  /// - Returns: the references by name; or the gap that the unit becomes because something it cannot do without is one.
  func upstream(
    of unit: UnitID, beside results: [UnitID: UnitResult] = [:]
  ) -> Result<[String: String], UpstreamGap> {
    var references: [String: String] = [:]
    for reference in plan.references(of: unit) {
      if let record = record(of: reference, beside: results) {
        references[reference.name.description] = UnitKey.reference(to: record.content)
      } else {
        let code = gap(of: reference, beside: results)
        guard reference.isOptional else { return .failure(UpstreamGap(code: code, of: reference.name)) }
        references[reference.name.description] = UnitKey.reference(to: code)
      }
    }
    return .success(references)
  }

  /// Whether nothing is left of any page at a stage.
  func hasLostAllPages(at stage: StageID) -> Bool {
    !plan.pages.isEmpty
      && plan.pages.allSatisfy { page in
        if case .gap? = ends[UnitID(stage, .page(page))] { true } else { false }
      }
  }

  /// Units that ended otherwise than done, by stage, then page.
  var losses: [(unit: UnitID, end: UnitEnd)] {
    plan.units.compactMap { unit in
      switch ends[unit] {
      case .gap(let code)?: (unit, .gap(code))
      case .failed(let failure)?: (unit, .failed(failure))
      case .done?, nil: nil
      }
    }
  }

  /// The code of what is not there. A page without a part in a document stage's result has lost what the stage needed
  /// of it, so the code is that of an earlier gap of the page.
  private func gap(of reference: UpstreamReference, beside results: [UnitID: UnitResult]) -> GapCode {
    switch results[reference.owner].map({ .done($0) }) ?? ends[reference.owner] {
    case .gap(let code)?: return code
    case .done(let result)?:
      if let page = reference.name.page {
        if let code = result.gaps[page] { return code }
        for stage in StageID.allCases where stage < reference.owner.stage {
          if case .gap(let code)? = ends[UnitID(stage, .page(page))] { return code }
        }
      }
      return .engineFailed
    case .failed?, nil: return .engineFailed
    }
  }
}

/// Why a unit becomes a gap without an attempt.
struct UpstreamGap: Error, Hashable {
  let code: GapCode
  /// What is missing.
  let of: UnitID
}

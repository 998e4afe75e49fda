import Checkpoints
import StageKit

/// Which units a job has and what each of them needs: follows from the pipeline, the job's settings and its pages.
struct JobPlan: Sendable {
  /// The stages that the job runs, exports only in the formats that are wanted.
  let rows: [StageDescriptor]
  /// The job's pages, ascending; empty until ingest has found them.
  let pages: [Int]
  private let rowsOfStage: [StageID: [StageDescriptor]]

  init(_ pipeline: Pipeline, settings: JobSettings, pages: [Int]) {
    rows = pipeline.description.stages.filter { row in
      if let until = settings.until, row.stage > until { return false }
      return row.format.map(settings.formats.contains) ?? true
    }
    self.pages = pages
    rowsOfStage = Dictionary(grouping: rows, by: \.stage)
  }

  /// Where a job begins: what needs no other stage.
  var roots: [UnitID] {
    rows.filter { row in row.scope != .page && row.needs.allSatisfy { $0.stage == nil } }.map { Self.wholeUnit($0) }
  }

  /// All units, by stage, then page.
  var units: [UnitID] { rows.flatMap { units(of: $0) } }

  /// The last stage that runs page by page.
  var lastPageStage: StageID? { rows.last { $0.scope == .page }?.stage }

  func row(of unit: UnitID) -> StageDescriptor? { rowsOfStage[unit.stage]?.first { $0.serves(unit) } }

  /// What a unit needs besides the document's own bytes, in the order of its row.
  func references(of unit: UnitID) -> [UpstreamReference] {
    guard let row = row(of: unit) else { return [] }
    return row.needs.flatMap { need -> [UpstreamReference] in
      guard let stage = need.stage else { return [] }
      switch need.reach {
      case .source: return []
      case .samePage: return unit.page.map { [reference(stage, page: $0, need)] } ?? []
      case .everyPage: return pages.map { reference(stage, page: $0, need) }
      case .document:
        let owner = UnitID(stage)
        return [UpstreamReference(name: owner, owner: owner, isOptional: need.optional)]
      }
    }
  }

  /// How many ends a unit waits for. Counts what `dependents` counts.
  func pendingCount(of unit: UnitID) -> Int {
    guard let row = row(of: unit) else { return 0 }
    return row.needs.reduce(0) { count, need in
      guard let stage = need.stage else { return count }
      return count + (need.reach == .everyPage && !hasParts(stage) ? pages.count : 1)
    }
  }

  /// The units that wait for a unit's end, once for each need that it settles.
  func dependents(of unit: UnitID) -> [UnitID] {
    rows.flatMap { row -> [UnitID] in
      row.needs.flatMap { need -> [UnitID] in
        guard need.stage == unit.stage else { return [] }
        guard row.scope == .page else { return [Self.wholeUnit(row)] }
        return unit.page.map { [UnitID(row.stage, .page($0))] } ?? pages.map { UnitID(row.stage, .page($0)) }
      }
    }
  }

  private func units(of row: StageDescriptor) -> [UnitID] {
    row.scope == .page ? pages.map { UnitID(row.stage, .page($0)) } : [Self.wholeUnit(row)]
  }

  private func reference(_ stage: StageID, page: Int, _ need: Requirement) -> UpstreamReference {
    let name = UnitID(stage, .page(page))
    return UpstreamReference(name: name, owner: hasParts(stage) ? UnitID(stage) : name, isOptional: need.optional)
  }

  private func hasParts(_ stage: StageID) -> Bool { rowsOfStage[stage]?.first?.scope == .documentWithParts }

  private static func wholeUnit(_ row: StageDescriptor) -> UnitID {
    UnitID(row.stage, row.format.map { .format($0.rawValue) } ?? .document)
  }
}

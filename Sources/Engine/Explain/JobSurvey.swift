import Checkpoints
import Ledger
import StageKit

/// A job as it stands in the data folder, planned with the worker that is installed today.
///
/// Read without a lock, so that it can be had while another process works on the job.
package struct JobSurvey: Sendable {
  package let record: JobRecord
  package let rows: [UnitID: UnitRecord]
  let pins: PinsByUnit
  package let folder: DataFolder
  package let ledger: any LedgerReader
  let pipeline: Pipeline
  let plan: JobPlan
  /// What stands under the units' keys: what the stages made, whatever is pinned.
  let artifacts: [Digest: ArtifactRecord]

  /// - Throws: `LedgerFailure`.
  package init(_ record: JobRecord, ledger: any LedgerReader, folder: DataFolder, pipeline: Pipeline) async throws {
    self.record = record
    self.ledger = ledger
    self.folder = folder
    self.pipeline = pipeline
    let units = try await ledger.units(of: record.manifest.id)
    rows = Dictionary(uniqueKeysWithValues: units.map { ($0.unit, $0) })
    pins = PinsByUnit(try await ledger.pins(of: record.manifest.id))
    artifacts = try await ledger.artifacts(keys: units.filter { $0.state == .done }.compactMap(\.key))
    let roots = JobPlan(pipeline, settings: record.manifest.settings, pages: [])
    plan = JobPlan(pipeline, settings: record.manifest.settings, pages: Self.pages(record, roots, rows, artifacts))
  }

  package var job: JobID { record.manifest.id }
  package var source: Digest { record.manifest.source }

  func row(of unit: UnitID) -> UnitRecord { rows[unit] ?? UnitRecord(unit: unit) }

  /// What stands under a unit's key; nil where it is not done.
  func artifact(of unit: UnitID) -> ArtifactRecord? {
    guard let row = rows[unit], row.state == .done else { return nil }
    return row.key.flatMap { artifacts[$0] }
  }

  /// How a unit has ended, as those below it see it: a pin in place of what the stage made; nil while it is open.
  func end(of unit: UnitID) -> UnitEnd? {
    let row = row(of: unit)
    let end: UnitEnd
    switch row.state {
    case .done:
      if let artifact = artifact(of: unit) {
        end = .done(UnitResult(artifact))
      } else {
        // Given up, but pinned; anything else has lost its result.
        guard wholePin(of: unit) != nil else { return nil }
        end = .gap(row.gap ?? .engineFailed)
      }
    case .gap: end = .gap(row.gap ?? .engineFailed)
    case .failed:
      end = .failed(row.failure ?? StageFailure(.engineFailed, "\(unit) failed.", page: unit.page))
    case .waiting, .ready, .running, .cancelled: return nil
    }
    return standing(end, unit)
  }

  /// The pin that stands for a unit whatever becomes of its stage.
  func wholePin(of unit: UnitID) -> PinEntry? { pins.whole(unit, pipeline.scope(of: unit.stage)) }

  /// An end with what people pinned in its place.
  func standing(_ end: UnitEnd, _ unit: UnitID) -> UnitEnd {
    pins.standing(end, unit, pipeline.scope(of: unit.stage), key: row(of: unit).key)
  }

  /// The graph with every unit settled that has ended.
  func graph() -> JobGraph {
    var graph = JobGraph(JobPlan(pipeline, settings: record.manifest.settings, pages: []))
    for unit in graph.plan.roots { if let end = end(of: unit) { _ = graph.settle(unit, end) } }
    let roots = Set(graph.plan.roots)
    graph.expand(to: plan)
    for unit in plan.units where !roots.contains(unit) { if let end = end(of: unit) { _ = graph.settle(unit, end) } }
    return graph
  }

  /// The unit whose result holds a unit: itself, or for a page of a stage over the document the document's.
  package func owner(of unit: UnitID) -> UnitID {
    unit.page != nil && pipeline.scope(of: unit.stage) == .documentWithParts ? UnitID(unit.stage) : unit
  }

  private static func pages(
    _ record: JobRecord, _ roots: JobPlan, _ rows: [UnitID: UnitRecord], _ artifacts: [Digest: ArtifactRecord]
  ) -> [Int] {
    let root = roots.roots.lazy.compactMap { rows[$0]?.key.flatMap { artifacts[$0] } }.first
    guard let count = root.map({ UnitResult($0).pageCount }) ?? record.pageCount, count > 0 else { return [] }
    return record.manifest.settings.pages?.pages(of: count) ?? Array(1...count)
  }
}

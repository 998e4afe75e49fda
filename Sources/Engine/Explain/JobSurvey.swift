import Checkpoints
import Ledger
import StageKit

/// A job as it stands in the data folder, planned with the worker that is installed today.
///
/// Read without a lock, so that it can be had while another process works on the job.
package struct JobSurvey: Sendable {
  package let record: JobRecord
  package let rows: [UnitID: UnitRecord]
  package let pins: [UnitID: PinEntry]
  package let folder: DataFolder
  package let ledger: any LedgerReader
  let pipeline: Pipeline
  let plan: JobPlan
  /// What stands under the units' keys.
  let artifacts: [Digest: ArtifactRecord]

  /// - Throws: `LedgerFailure`, or `StageFailure` where a pinned checkpoint cannot be read.
  package init(_ record: JobRecord, ledger: any LedgerReader, folder: DataFolder, pipeline: Pipeline) async throws {
    self.record = record
    self.ledger = ledger
    self.folder = folder
    self.pipeline = pipeline
    let units = try await ledger.units(of: record.manifest.id)
    rows = Dictionary(uniqueKeysWithValues: units.map { ($0.unit, $0) })
    pins = Dictionary(
      try await ledger.pins(of: record.manifest.id).map { ($0.unit, $0) }, uniquingKeysWith: { first, _ in first })
    let found = try await ledger.artifacts(keys: units.filter { $0.state == .done }.compactMap(\.key))
    let store = ObjectFolder(folder)
    let pins = pins
    artifacts =
      pins.isEmpty
      ? found
      : try await BlockingWork.run { try found.mapValues { try $0.replacing(pins, from: store) } }
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

  /// How a unit has ended; nil while it is open.
  func end(of unit: UnitID) -> UnitEnd? {
    let row = row(of: unit)
    switch row.state {
    case .done: return artifact(of: unit).map { .done(UnitResult($0)) }
    case .gap: return .gap(row.gap ?? .engineFailed)
    case .failed:
      return .failed(row.failure ?? StageFailure(.engineFailed, "\(unit) failed.", page: unit.page))
    case .waiting, .ready, .running, .cancelled: return nil
    }
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

extension ArtifactRecord {
  /// The same with what people pinned in place of what the stage made.
  fileprivate func replacing(_ pins: [UnitID: PinEntry], from store: ObjectFolder) throws -> ArtifactRecord {
    func pinned(_ record: CheckpointRecord) throws -> CheckpointRecord {
      guard let pin = pins[record.unit] else { return record }
      return try CheckpointRecord(pin, from: store)
    }
    return ArtifactRecord(
      key: key, checkpoint: try pinned(checkpoint), parts: try parts.map(pinned), gaps: gaps, encrypted: encrypted)
  }
}

extension CheckpointRecord {
  /// What a pin put in a unit's place.
  fileprivate init(_ pin: PinEntry, from store: ObjectFolder) throws {
    let input = try store.get(pin.object)
    let header = try CheckpointReader.header(of: pin.unit, in: input, file: pin.object)
    let files = try header.files.sorted { $0.key < $1.key }.map { name, digest in
      FileRecord(name: name, digest: digest, length: try store.head(digest) ?? 0)
    }
    self.init(
      unit: pin.unit, content: pin.content,
      file: FileRecord(name: pin.unit.basename + ".json", digest: pin.object, length: input.length), files: files)
  }
}

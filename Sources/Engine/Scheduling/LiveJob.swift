import CanonicalJSON
import Checkpoints
import Ledger
import StageKit

/// A job that the scheduler works on; belongs to the scheduler alone.
final class LiveJob {
  let id: JobID
  var record: JobRecord
  var graph: JobGraph
  /// The units as the ledger has them.
  var rows: [UnitID: UnitRecord]
  var machines: [UnitID: UnitStateMachine] = [:]
  var running: [UnitID: UnitControl] = [:]
  /// What units in the queue are to do.
  var works: [UnitID: UnitWork] = [:]
  /// Since when units wait for a worker.
  private var queued: [UnitID: ContinuousClock.Instant] = [:]
  /// Units whose upstream is settled and whose key has not been looked up yet.
  var open: [UnitID] = []
  /// What people put in place of what stages make, by unit or part.
  var pins: PinsByUnit = [:]
  /// Whether no result can stand under any key of its units but those that it makes itself, so that none is looked for
  /// before a unit is begun.
  var isUntouched = false
  /// In memory only.
  var password: String?
  /// Pages that stages over the document died on, by unit.
  var unreadable: [UnitID: Set<Int>] = [:]
  var repairs = InputRepairs()
  var isEncrypted = false
  /// Processor seconds that its units took since it was taken up.
  var workerSeconds = 0.0
  var isEvaluating = false
  /// False once it has come to rest: what its workers still tell is dropped.
  var isLive = true
  /// What its running units ended with when it came to rest.
  var ending = AttemptOutcome.interrupted

  init(record: JobRecord, graph: JobGraph, rows: [UnitRecord]) {
    id = record.manifest.id
    self.record = record
    self.graph = graph
    self.rows = Dictionary(uniqueKeysWithValues: rows.map { ($0.unit, $0) })
  }

  /// Notes that a unit waits for a worker from now on.
  func waits(_ unit: UnitID) { queued[unit] = ContinuousClock.now }

  /// Notes that a unit has a worker now.
  ///
  /// - Returns: the seconds that it waited; 0 for one that went on with the worker that made what it needs.
  func waited(_ unit: UnitID) -> Double {
    queued.removeValue(forKey: unit).map { (ContinuousClock.now - $0) / .seconds(1) } ?? 0
  }

  /// What a unit is that ran when the job came to rest.
  var restingState: UnitState { ending == .cancelled ? .cancelled : .ready }
  var settings: JobSettings { record.manifest.settings }
  var overrides: [OptionOverride] { record.manifest.effectiveOverrides }
  var source: Digest { record.manifest.source }

  /// How many replaced versions of each checkpoint are kept.
  var keep: Int { settings.keep ?? JobSettings.keptByDefault }

  func row(of unit: UnitID) -> UnitRecord { rows[unit] ?? UnitRecord(unit: unit) }

  func machine(of unit: UnitID) -> UnitStateMachine { machines[unit] ?? UnitStateMachine(unit) }

  /// Whether this job itself has opened the source: only then may it use what others made of an encrypted one.
  var hasOpenedSource: Bool {
    graph.plan.roots.contains { unit in rows[unit].map { $0.state == .done && !$0.reused } ?? false }
  }

  /// How many units of each stage the plan has.
  var plannedCounts: [StageID: Int] {
    Dictionary(graph.plan.units.map { ($0.stage, 1) }, uniquingKeysWith: +)
  }
}

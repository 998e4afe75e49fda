import Checkpoints
import StageKit

/// A unit that could run now.
struct QueuedUnit: Sendable, Hashable {
  let job: JobID
  let unit: UnitID
  /// Whether nothing else may run beside it: the last try of one that died twice.
  let alone: Bool
}

/// Where ready units wait for a worker: who is next is decided here alone.
protocol UnitQueue: Sendable {
  /// Makes room for a job; higher priorities go first.
  ///
  /// - Parameter tenant: whose worker it takes: owners share the workers evenly, however many jobs each has.
  mutating func open(_ job: JobID, priority: Int, tenant: WorkerTenant)
  /// Forgets a job and its waiting units.
  mutating func close(_ job: JobID)
  /// Units that wait.
  var count: Int { get }
  mutating func enqueue(_ unit: QueuedUnit)
  /// Takes the next unit.
  ///
  /// - Parameters:
  ///   - running: how many units run now.
  ///   - tenant: whose worker is to run it: another's unit costs a new worker, so this one's turn lasts a little longer.
  mutating func claim(running: Int, staying tenant: WorkerTenant?) -> QueuedUnit?
  /// Tells what a job has used, for fairness.
  mutating func charge(_ job: JobID, cpuSeconds: Double)
}

import Checkpoints
import StageKit

/// A unit that could run now.
package struct QueuedUnit: Sendable, Hashable {
  package let job: JobID
  package let unit: UnitID
  /// Whether nothing else may run beside it: the last try of one that died twice.
  package let alone: Bool

  package init(job: JobID, unit: UnitID, alone: Bool) {
    self.job = job
    self.unit = unit
    self.alone = alone
  }
}

/// Where ready units wait for a worker: who is next is decided here alone.
package protocol UnitQueue: Sendable {
  /// Makes room for a job; higher priorities go first.
  ///
  /// - Parameter tenant: whose worker it takes: owners share the workers evenly, however many jobs each has.
  mutating func open(_ job: JobID, priority: Int, tenant: WorkerTenant)
  /// Forgets a job and its waiting units.
  mutating func close(_ job: JobID)
  /// Units that wait.
  var count: Int { get }
  /// Whether units of any other job wait.
  func hasWork(besides job: JobID) -> Bool
  mutating func enqueue(_ unit: QueuedUnit)
  /// Takes the next unit.
  ///
  /// - Parameters:
  ///   - running: how many units run now.
  ///   - slot: the worker that is to run it.
  ///   - tenant: whom that worker serves: another's unit costs a new worker, so this one's turn lasts a little longer.
  ///   - others: workers that wait for a unit themselves, and are left what suits them better.
  mutating func claim(
    running: Int, slot: Int, staying tenant: WorkerTenant?, sparing others: Set<Int>
  ) -> QueuedUnit?
  /// Takes another unit of a job for a worker that has just done one of its units, in what is left of that one's turn.
  ///
  /// - Returns: nil also where something more urgent waits.
  mutating func claim(of job: JobID, slot: Int, sparing others: Set<Int>) -> QueuedUnit?
  /// Tells how long a job has had a worker, for fairness.
  mutating func charge(_ job: JobID, seconds: Double)
}

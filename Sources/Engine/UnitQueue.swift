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
  /// - Parameter owner: whose it is: owners share the workers evenly, however many jobs each has.
  mutating func open(_ job: JobID, priority: Int, owner: String)
  /// Forgets a job and its waiting units.
  mutating func close(_ job: JobID)
  /// Units that wait.
  var count: Int { get }
  mutating func enqueue(_ unit: QueuedUnit)
  /// Takes the next unit.
  ///
  /// - Parameter running: how many units run now.
  mutating func claim(running: Int) -> QueuedUnit?
  /// Tells what a job has used, for fairness.
  mutating func charge(_ job: JobID, cpuSeconds: Double)
}

import StageKit

/// An attempt that began under the lease of another unit, which its worker had just done: it is written together with
/// what that one ended in.
package struct AttemptStart: Sendable, Hashable {
  /// Put together by the owner: the unit's next attempt, with a fence that its first lease has set apart.
  package let lease: Lease
  package let key: Digest
  package let worker: Int?
  /// Seconds since it began.
  package let age: Double
  /// Whether the unit goes on running under the lease; where it does not, the same write ends the attempt.
  package let isRunning: Bool

  package init(_ lease: Lease, key: Digest, worker: Int?, age: Double, isRunning: Bool) {
    self.lease = lease
    self.key = key
    self.worker = worker
    self.age = age
    self.isRunning = isRunning
  }
}

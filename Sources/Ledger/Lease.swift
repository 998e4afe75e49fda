import Checkpoints
import StageKit

/// The right to work on a unit: a result that comes with another fence is refused.
package struct Lease: Codable, Sendable, Hashable {
  package let job: JobID
  package let unit: UnitID
  /// Counts the unit's attempts over the job's life, from 1.
  package let attempt: Int
  /// Grows with every lease of the ledger.
  package let fence: Int64
  /// A UUID per process start.
  package let owner: String

  package init(job: JobID, unit: UnitID, attempt: Int, fence: Int64, owner: String) {
    self.job = job
    self.unit = unit
    self.attempt = attempt
    self.fence = fence
    self.owner = owner
  }
}

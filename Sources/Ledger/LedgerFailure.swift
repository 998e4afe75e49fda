import Checkpoints
import StageKit

/// What the ledger refuses or could not do.
package enum LedgerFailure: Error, Sendable, Hashable {
  case jobExists(JobID)
  case jobNotFound(JobID)
  case staleFence(Lease)
  /// The file was written by a newer Sheaf.
  case tooNew(version: String)
  /// SQLite's own words, for the log; `outOfDisk` where that was the reason.
  case storage(message: String, outOfDisk: Bool)
}

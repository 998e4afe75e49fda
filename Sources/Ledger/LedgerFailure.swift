import Checkpoints
import StageKit

/// What the ledger refuses or could not do.
package enum LedgerFailure: Error, Sendable, Hashable {
  case jobExists(JobID)
  /// Unknown, or buried and so closed to changes.
  case jobNotFound(JobID)
  case unitNotFound(JobID, UnitID)
  /// Only a buried job's rows may be removed.
  case jobNotBuried(JobID)
  case staleFence(Lease)
  /// A completion that would leave its attempt without an outcome.
  case attemptNotEnded(Lease)
  /// No ledger stands at this path.
  case missing(path: String)
  /// The file was written by a newer Sheaf.
  case tooNew(version: String)
  /// The file was written by an older Sheaf and its owner has not brought it up to date; only for readers.
  case tooOld(version: String)
  /// The change contradicts what is stored (a foreign key, a second row of one name); SQLite's own words.
  case integrity(message: String)
  /// A row or the file holds what no Sheaf writes.
  case corrupt(message: String)
  /// SQLite's own words, for the log; `outOfDisk` where that was the reason.
  case storage(message: String, outOfDisk: Bool)
  /// The ledger has been closed.
  case closed
}

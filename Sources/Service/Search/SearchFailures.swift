import Checkpoints
import Synchronization

/// Jobs that could not be taken into the index: there is nothing to be had of them before they change.
///
/// In memory only: whatever mends a data folder has it to itself, so the next server looks again.
package final class SearchFailures: Sendable {
  private static let most = 10_000

  private let seqs = Mutex(RecentMap<JobID, Int64>(capacity: SearchFailures.most))

  package init() {}

  /// The job's last event when it was tried; nil where it was not.
  subscript(job: JobID) -> Int64? {
    get { seqs.withLock { $0[job] } }
    set { seqs.withLock { $0[job] = newValue } }
  }
}

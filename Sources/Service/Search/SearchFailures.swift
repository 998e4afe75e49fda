import Checkpoints
import Synchronization

/// Jobs that could not be taken into the index: there is nothing to be had of them before they change, or what they share
/// with another job is made again by that one, which does not change them. So they are tried again after a while.
///
/// In memory only: the next server looks again.
package final class SearchFailures: Sendable {
  private static let most = 10_000

  private struct Failure: Sendable {
    let seq: Int64
    let since: ContinuousClock.Instant
  }

  private let rest: Duration
  private let failures = Mutex(RecentMap<JobID, Failure>(capacity: SearchFailures.most))

  /// - Parameter rest: how long a job is left alone that has not changed.
  package init(rest: Duration = .seconds(3600)) { self.rest = rest }

  /// The job's last event when it was tried; nil where it was not, or long ago.
  subscript(job: JobID) -> Int64? {
    get { failures.withLock { $0[job].flatMap { $0.since + rest > .now ? $0.seq : nil } } }
    set { failures.withLock { $0[job] = newValue.map { Failure(seq: $0, since: .now) } } }
  }
}

import Checkpoints
import Ledger

/// Puts the transitions of jobs in order without a gap.
///
/// The engine's stream drops events where a watcher is slow, and begins at some moment; the ledger has them all.
struct EventSequence: Sendable {
  enum Verdict: Sendable, Hashable {
    /// The next one.
    case next
    /// Told already, or of a job that nobody watches.
    case stale
    /// Others come before it: all from just after this number are to be read from the ledger.
    case missing(since: Int64)
  }

  private var last: [JobID: Int64] = [:]

  /// Watches a job from just after this number.
  mutating func watch(_ job: JobID, since: Int64) { last[job] = since }

  func isWatched(_ job: JobID) -> Bool { last[job] != nil }

  /// The number of the newest that was told.
  func told(_ job: JobID) -> Int64? { last[job] }

  /// What to do with a transition; it counts as told where it is the next.
  mutating func take(_ event: JobEvent) -> Verdict {
    guard let told = last[event.job], event.seq > told else { return .stale }
    guard event.seq == told + 1 else { return .missing(since: told) }
    last[event.job] = event.seq
    return .next
  }
}

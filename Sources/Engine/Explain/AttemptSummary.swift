import Checkpoints
import Ledger
import StageKit

/// One try of a unit in short: when, how long, how it ended.
package struct AttemptSummary: Codable, Sendable, Hashable {
  package let job: JobID
  package let attempt: Int
  package let key: Digest
  /// Seconds since 1970.
  package let started: Double
  /// Nil while it runs.
  package let seconds: Double?
  package let cpuSeconds: Double?
  package let peakBytes: Int?
  /// As in the ledger: `succeeded`, `timed_out` …; nil while it runs.
  package let outcome: String?
  package let failure: StageFailure?
  /// The signal that killed it.
  package let signal: Int?

  package init(_ record: AttemptRecord, of job: JobID) {
    self.job = job
    attempt = record.attempt
    key = record.key
    started = record.started
    seconds = record.finished.map { max(0, $0 - record.started) }
    cpuSeconds = record.use.cpuSeconds
    peakBytes = record.use.peakBytes
    outcome = record.outcome?.name
    switch record.outcome {
    case .failed(let failure)?: (self.failure, signal) = (failure, nil)
    case .killed(let signal)?: (failure, self.signal) = (nil, signal)
    default: (failure, signal) = (nil, nil)
    }
  }
}

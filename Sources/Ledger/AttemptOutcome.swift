import StageKit

/// How one try of a unit ended: data, never an exception.
package enum AttemptOutcome: Codable, Sendable, Hashable {
  case succeeded
  case failed(failure: StageFailure)
  case timedOut
  case killed(signal: Int)
  /// Its owner died or let go; never counts.
  case interrupted
  case cancelled

  /// The name in the ledger.
  package var name: String {
    switch self {
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .timedOut: "timed_out"
    case .killed: "killed"
    case .interrupted: "interrupted"
    case .cancelled: "cancelled"
    }
  }
}

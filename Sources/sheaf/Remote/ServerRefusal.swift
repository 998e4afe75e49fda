import Service
import StageKit

/// What a server answers instead of doing what it was asked.
struct ServerRefusal: Error, Sendable, Hashable {
  /// The server's own code, which may be one that only servers have: `queue_full`, `rate_limited`.
  let code: String
  /// The same in the words of commands.
  let failure: StageFailure
  /// Everything that is wrong, where it is more than one thing.
  var faults: [String] = []
  var status = 400
  /// Seconds after which the server wants to be asked again, where it said so.
  var wait: Double?

  /// Whether the same question gets the same answer, however often it is asked.
  var isFinal: Bool { (400..<500).contains(status) && ![408, 429].contains(status) }

  /// Whether nothing was done of what was asked, and the server named a time after which it may be: a key's rate, a full
  /// queue, a server that starts. A disk without room is not waited for: somebody has to make it.
  var isPutOff: Bool {
    guard failure.retryable, wait != nil else { return false }
    return [429, 503].contains(status) || code == ProblemCode.idempotencyInFlight.rawValue
  }
}

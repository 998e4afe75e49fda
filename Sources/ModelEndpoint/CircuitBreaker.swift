import StageKit
import Synchronization

/// Leaves an endpoint alone that has failed several times in a row, so that a document with a thousand questions does not
/// wait a thousand times for nobody.
package final class CircuitBreaker: Sendable {
  private struct State {
    var failures = 0
    var closedAgain: ContinuousClock.Instant?
    var isProbing = false
  }

  private let state = Mutex(State())
  private let threshold: Int
  private let rest: Duration

  /// - Parameters:
  ///   - threshold: failures in a row.
  ///   - rest: for how long nobody asks then; afterwards one question tries.
  package init(threshold: Int = 5, rest: Duration = .seconds(30)) {
    self.threshold = max(1, threshold)
    self.rest = rest
  }

  /// - Throws: `StageFailure` with `model_unavailable` while the endpoint is left alone.
  func admit() throws(StageFailure) {
    let isAdmitted = state.withLock { state in
      guard let closedAgain = state.closedAgain else { return true }
      guard ContinuousClock.now >= closedAgain, !state.isProbing else { return false }
      state.isProbing = true
      return true
    }
    guard isAdmitted else {
      throw StageFailure(
        .modelUnavailable, "The language model's endpoint has failed several times and is left alone for a while.",
        hint: "See that it runs (sheaf doctor), then run the stage again with --force.")
    }
  }

  func succeeded() { state.withLock { $0 = State() } }

  func failed() {
    state.withLock { state in
      state.failures += 1
      state.isProbing = false
      if state.failures >= threshold { state.closedAgain = .now + rest }
    }
  }

  /// The question was given up: that tells nothing of the endpoint.
  func abandoned() { state.withLock { $0.isProbing = false } }
}

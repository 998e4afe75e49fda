import Synchronization

extension EventLoop {
  /// Runs `action` once, on the loop, not before `delay` has passed. On the loop's thread only.
  @discardableResult
  package func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> LoopTimer {
    checkIsolated()
    return timers.add(due: clock.now.advanced(by: delay), action: action)
  }

  /// Forgets a timer that has not yet run. On the loop's thread only.
  package func cancel(_ timer: LoopTimer) {
    checkIsolated()
    timers.cancel(timer)
  }

  /// Suspends the task by the loop's clock. From anywhere.
  ///
  /// - Throws: `CancellationError` as soon as the task is cancelled.
  package func sleep(for delay: Duration) async throws {
    let sleeper = Sleeper()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard sleeper.begin(continuation) else { return continuation.resume(throwing: CancellationError()) }
        execute { [self] in
          guard !sleeper.isOver else { return }
          schedule(after: delay) { sleeper.end(.success(())) }
        }
      }
    } onCancel: {
      sleeper.end(.failure(CancellationError()))
    }
  }
}

/// One who waits for a timer or for being cancelled, whichever comes first.
private final class Sleeper: Sendable {
  private struct State {
    var continuation: CheckedContinuation<Void, any Error>?
    var isOver = false
  }

  private let state = Mutex(State())

  var isOver: Bool { state.withLock { $0.isOver } }

  /// - Returns: false if it is over before it began.
  func begin(_ continuation: CheckedContinuation<Void, any Error>) -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      state.continuation = continuation
      return true
    }
  }

  func end(_ result: Result<Void, any Error>) {
    let waiting = state.withLock { state in
      state.isOver = true
      defer { state.continuation = nil }
      return state.continuation
    }
    waiting?.resume(with: result)
  }
}

import Synchronization

/// A timer that is started and cancelled from other threads: whichever comes first wins.
final class TimeLimit: Sendable {
  private enum State {
    case idle
    case running(LoopTimer)
    case cancelled
  }

  private let state = Mutex(State.idle)

  /// On the loop's thread.
  func start(on loop: EventLoop, after time: Duration, _ action: @escaping @Sendable () -> Void) {
    state.withLock { state in
      guard case .idle = state else { return }
      state = .running(loop.schedule(after: time, action))
    }
  }

  /// On the loop's thread.
  func cancel(on loop: EventLoop) {
    state.withLock { state in
      if case .running(let timer) = state { loop.cancel(timer) }
      state = .cancelled
    }
  }
}

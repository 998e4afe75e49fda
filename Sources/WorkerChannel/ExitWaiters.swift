import Synchronization

/// An exit that any number of tasks await.
final class ExitWaiters: Sendable {
  private enum State {
    case running([CheckedContinuation<ProcessExit, Never>])
    case ended(ProcessExit)
  }
  private let state = Mutex(State.running([]))

  /// Gives the exit to those who wait and those who will. Only the first call counts.
  @Sendable func resolve(_ exit: ProcessExit) {
    let waiters: [CheckedContinuation<ProcessExit, Never>] = state.withLock { state in
      guard case .running(let waiters) = state else { return [] }
      state = .ended(exit)
      return waiters
    }
    waiters.forEach { $0.resume(returning: exit) }
  }

  /// The exit, once there is one.
  func value() async -> ProcessExit {
    await withCheckedContinuation { continuation in
      let exit: ProcessExit? = state.withLock { state in
        switch state {
        case .ended(let exit): return exit
        case .running(let waiters):
          state = .running(waiters + [continuation])
          return nil
        }
      }
      if let exit { continuation.resume(returning: exit) }
    }
  }
}

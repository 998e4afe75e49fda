import Synchronization

/// Tells tasks that wait for a socket when to try again. Edge triggered: a change that nobody waits for is remembered.
final class SocketSignals: ReadinessHandler {
  enum Direction {
    case reading
    case writing
  }

  private struct Side {
    var isReady = false
    var waiter: CheckedContinuation<Void, any Error>?
  }

  private struct State {
    var reading = Side()
    var writing = Side()
    var failure: (any Error)?

    subscript(direction: Direction) -> Side {
      get { direction == .reading ? reading : writing }
      set { if direction == .reading { reading = newValue } else { writing = newValue } }
    }
  }

  private let state = Mutex(State())

  func ready(_ events: ArraySlice<ReadyEvent>) {
    for event in events {
      let ends: Readiness = [.failed, .hungUp]
      if !event.readiness.isDisjoint(with: ends.union([.readable, .peerClosed])) { signal(.reading) }
      if !event.readiness.isDisjoint(with: ends.union(.writable)) { signal(.writing) }
    }
  }

  private func signal(_ direction: Direction) {
    let waiter = state.withLock { state in
      let waiter = state[direction].waiter.take()
      state[direction].isReady = waiter == nil
      return waiter
    }
    waiter?.resume()
  }

  /// Suspends until the socket may have changed.
  func wait(_ direction: Direction) async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let answer: Result<Void, any Error>? = state.withLock { state in
          if let failure = state.failure { return .failure(failure) }
          if state[direction].isReady {
            state[direction].isReady = false
            return .success(())
          }
          // One task at a time reads, and one writes; a second one gives up rather than wait for ever.
          // Asked under the lock: who cancels afterwards finds the waiter.
          if Task.isCancelled || state[direction].waiter != nil { return .failure(CancellationError()) }
          state[direction].waiter = continuation
          return nil
        }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      let waiter = state.withLock { $0[direction].waiter.take() }
      waiter?.resume(throwing: CancellationError())
    }
  }

  /// Lets the one who waits go with an error, and leaves the socket as it is.
  func interrupt(_ direction: Direction, _ error: any Error) {
    let waiter = state.withLock { $0[direction].waiter.take() }
    waiter?.resume(throwing: error)
  }

  /// Lets all who wait, now or later, go with an error.
  func fail(_ error: any Error) {
    let waiters = state.withLock { state in
      if state.failure == nil { state.failure = error }
      return [state.reading.waiter.take(), state.writing.waiter.take()]
    }
    for waiter in waiters { waiter?.resume(throwing: error) }
  }
}

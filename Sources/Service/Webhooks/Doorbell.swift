import Synchronization

/// Wakes one who waits; a ring while nobody waits is heard by the next.
final class Doorbell: Sendable {
  private struct State {
    var hasRung = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func ring() {
    let waiter = state.withLock { state in
      state.hasRung = state.waiter == nil
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Waits for a ring, for the time to pass, or for the task to be cancelled. One at a time may wait.
  func wait(upTo time: Duration) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        do { try await Task.sleep(for: time) } catch { return }
        self.ring()
      }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let goesOn = self.state.withLock { state in
            if state.hasRung {
              state.hasRung = false
              return true
            }
            state.waiter = continuation
            return false
          }
          if goesOn { continuation.resume() }
        }
      } onCancel: {
        self.ring()
      }
      group.cancelAll()
    }
  }
}

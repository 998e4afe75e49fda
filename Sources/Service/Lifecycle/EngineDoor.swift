import Engine
import Synchronization

/// Where the engine can be found once it is open.
final class EngineDoor: Sendable {
  private struct State {
    var engine: JobEngine?
    var next = 0
    var waiters: [Int: CheckedContinuation<JobEngine, any Error>] = [:]
  }

  private let state = Mutex(State())

  var engine: JobEngine? { state.withLock(\.engine) }

  func open(_ engine: JobEngine) {
    let waiters = state.withLock { state in
      state.engine = engine
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume(returning: engine) }
  }

  /// Waits until it is open.
  ///
  /// - Throws: `CancellationError`.
  func opened() async throws -> JobEngine {
    let number = state.withLock { state in
      state.next += 1
      return state.next
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let answer: Result<JobEngine, any Error>? = state.withLock { state in
          if let engine = state.engine { return .success(engine) }
          // Asked under the lock: who cancels afterwards finds the waiter.
          if Task.isCancelled { return .failure(CancellationError()) }
          state.waiters[number] = continuation
          return nil
        }
        if let answer { continuation.resume(with: answer) }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(throwing: CancellationError())
    }
  }
}

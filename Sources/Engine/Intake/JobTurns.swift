import Checkpoints
import DequeModule
import Synchronization

/// Lets one at a time have a job, in the order in which they came.
///
/// Waiting is not bounded: whoever waits holds a request or a connection, and those are.
final class JobTurns: Sendable {
  private typealias Waiting = Deque<CheckedContinuation<Void, Never>>

  /// Of each job that somebody has.
  private let waiting = Mutex<[JobID: Waiting]>([:])

  func during<Value>(
    _ job: JobID, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
  ) async rethrows -> Value {
    await take(job)
    defer { end(job) }
    return try await body()
  }

  private func take(_ job: JobID, isolation: isolated (any Actor)? = #isolation) async {
    await withCheckedContinuation { continuation in
      let isFree = waiting.withLock { waiting in
        guard waiting[job] == nil else {
          waiting[job]?.append(continuation)
          return false
        }
        waiting[job] = []
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  private func end(_ job: JobID) {
    let next = waiting.withLock { waiting -> CheckedContinuation<Void, Never>? in
      guard let next = waiting[job]?.popFirst() else {
        waiting[job] = nil
        return nil
      }
      return next
    }
    next?.resume()
  }
}

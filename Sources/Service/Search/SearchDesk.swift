import Checkpoints
import Engine
import Ledger
import Synchronization

/// The index of a running server: opened when it is first needed, and told what has changed.
final class SearchDesk: Sendable {
  private struct State {
    var index: SearchIndex?
    /// Jobs to look at, in the order they came.
    var pending: [JobID] = []
    var waiter: CheckedContinuation<Void, Never>?
    /// More came than is kept: all jobs are looked at instead.
    var overflowed = false
  }

  private let state = Mutex(State())
  let failures = SearchFailures()

  /// Jobs kept until they are looked at.
  private static let most = 10_000

  /// The index, opened if need be. Waits for the disk.
  func index(in folder: DataFolder) throws -> SearchIndex {
    try state.withLock { state in
      if let index = state.index { return index }
      let index = try SearchIndex(in: folder)
      state.index = index
      return index
    }
  }

  /// Forgets a job that is being removed.
  ///
  /// - Throws: `StageFailure`; the removal is then tried again.
  func forget(_ job: JobID, in folder: DataFolder) async throws {
    guard SearchIndex.exists(in: folder) else { return }
    try await index(in: folder).remove(job)
  }

  func add(_ job: JobID) {
    let waiter = state.withLock { state in
      if state.pending.count >= Self.most { state.overflowed = true } else { state.pending.append(job) }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Has all jobs looked at.
  func addAll() {
    let waiter = state.withLock { state in
      state.overflowed = true
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// What is to be looked at: single jobs, or nil for all. Waits until there is something; for one caller.
  func next() async -> [JobID]? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if !state.pending.isEmpty || state.overflowed || Task.isCancelled { return true }
          state.waiter = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      state.withLock { state in
        defer { state.waiter = nil }
        return state.waiter
      }?.resume()
    }
    return state.withLock { state in
      defer {
        state.pending = []
        state.overflowed = false
      }
      return state.overflowed ? nil : state.pending
    }
  }
}

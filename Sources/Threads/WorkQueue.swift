import Dispatch
import Synchronization

/// What a pool's threads share: the work that waits, in order, and how many of them there are.
package final class WorkQueue: Sendable {
  /// What a piece of work met when it was handed in.
  package enum Admission: Sendable, Hashable {
    case queued
    /// Queued, and one more thread should be started for it.
    case needsThread
    case full
    case stopped
  }

  private struct State {
    var work: [@Sendable () -> Void] = []
    var head = 0
    var threads = 0
    var busy = 0
    var isStopped = false

    var waiting: Int { work.count - head }

    mutating func next() -> (@Sendable () -> Void)? {
      guard head < work.count else { return nil }
      defer {
        head += 1
        // Taken work is let go of in bulk, so that taking is cheap and the array stays small.
        if head == work.count || head > 256 {
          work.removeFirst(head)
          head = 0
        }
      }
      return work[head]
    }
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)
  private let threadLimit: Int
  private let waitingLimit: Int

  /// - Parameters:
  ///   - threads: how many there may be; they are their owner's to start.
  ///   - waiting: how many pieces of work may wait for one.
  package init(threads: Int, waiting: Int) {
    threadLimit = threads
    waitingLimit = waiting
  }

  package var waitingCount: Int { state.withLock { $0.waiting } }

  /// Hands in a piece of work, from any thread.
  package func add(_ work: @escaping @Sendable () -> Void) -> Admission {
    let admission: Admission = state.withLock { state in
      if state.isStopped { return .stopped }
      guard state.waiting < waitingLimit else { return .full }
      state.work.append(work)
      guard state.busy + state.waiting > state.threads, state.threads < threadLimit else { return .queued }
      state.threads += 1
      return .needsThread
    }
    if admission == .queued || admission == .needsThread { arrivals.signal() }
    return admission
  }

  /// A thread that was asked for could not be had.
  ///
  /// - Returns: whether others are there to do its work.
  package func threadFailed() -> Bool {
    state.withLock { state in
      state.threads -= 1
      return state.threads > 0
    }
  }

  /// Lets the threads end after the work that waits. Later work is refused.
  package func stop() {
    let threads = state.withLock { state in
      state.isStopped = true
      return state.threads
    }
    for _ in 0..<threads { arrivals.signal() }
  }

  /// A thread's life: work until stopped and nothing waits.
  package func serve() {
    while serveOne() || !state.withLock({ $0.isStopped }) {}
  }

  /// Waits for a piece of work, or for being stopped, and does it.
  ///
  /// - Returns: whether there was one.
  @discardableResult
  package func serveOne() -> Bool {
    arrivals.wait()
    let work = state.withLock { state in
      let next = state.next()
      if next != nil { state.busy += 1 }
      return next
    }
    guard let work else { return false }
    work()
    state.withLock { $0.busy -= 1 }
    return true
  }
}

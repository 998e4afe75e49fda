import Synchronization

/// What other threads, and the loop itself, want done in the next turn.
final class LoopInbox: Sendable {
  struct Contents {
    var jobs: [UnownedJob] = []
    var actions: [@Sendable () -> Void] = []
    var attention: [EventToken] = []
  }

  private let contents = Mutex(Contents())
  private let hasArrivals = Atomic(false)

  /// - Returns: whether the loop must be woken, should it be waiting.
  func add(job: UnownedJob) -> Bool {
    contents.withLock { $0.jobs.append(job) }
    return isFirstArrival()
  }

  func add(action: @escaping @Sendable () -> Void) -> Bool {
    contents.withLock { $0.actions.append(action) }
    return isFirstArrival()
  }

  func add(attention token: EventToken) -> Bool {
    contents.withLock { $0.attention.append(token) }
    return isFirstArrival()
  }

  func isFirstArrival() -> Bool { !hasArrivals.exchange(true, ordering: .acquiringAndReleasing) }

  var isEmpty: Bool { !hasArrivals.load(ordering: .acquiring) }

  /// Swaps what has arrived into emptied arrays, which keep their room from turn to turn.
  func take(into emptied: inout Contents) {
    // Cleared first: what arrives during the swap is told once more rather than not at all.
    hasArrivals.store(false, ordering: .sequentiallyConsistent)
    contents.withLock { swap(&$0, &emptied) }
  }
}

import Threads

/// A few threads for work that waits for the disk or computes for long, so that neither the loop nor Swift's own
/// threads do.
///
/// At most `threads` pieces run at once and at most `waiting` more wait; a further one is refused, so that no flood of
/// requests becomes a flood of memory. Threads start when they are first needed and stay.
package final class BlockingPool: Sendable {
  private let queue: WorkQueue
  private let name: String
  private let niceness: Int32

  /// - Parameters:
  ///   - threads: how many pieces of work run at once.
  ///   - waiting: how many more may wait.
  ///   - name: shown by `top -H`; Linux keeps 15 ASCII letters.
  ///   - niceness: by how much its threads give way to others, such as the loop's.
  package init(threads: Int, waiting: Int = 1024, name: String = "blocking", niceness: Int32 = 0) {
    queue = WorkQueue(threads: max(1, threads), waiting: max(1, waiting))
    self.name = name
    self.niceness = niceness
  }

  deinit { stop() }

  /// Runs `body` on one of the threads.
  ///
  /// - Throws: `LoopFailure.Code.poolFull` where too much is waiting, `.stopped` after `stop`, or what `body` throws.
  package func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let step = "hand work to the pool \(name)"
      switch queue.add({ continuation.resume(with: Result(catching: body)) }) {
      case .queued: break
      case .needsThread: startThread()
      case .full: continuation.resume(throwing: LoopFailure(.poolFull, during: step))
      case .stopped: continuation.resume(throwing: LoopFailure(.stopped, during: step))
      }
    }
  }

  /// Lets the threads end after the work that waits. Later work is refused.
  package func stop() { queue.stop() }

  /// How many pieces of work wait for a thread.
  package var waitingCount: Int { queue.waitingCount }

  private func startThread() {
    do {
      try DedicatedThread.start(name, niceness: niceness) { [queue] in queue.serve() }
    } catch {
      // Another thread will come to the work. Without any, the caller does it: slow, but nobody waits for ever.
      if !queue.threadFailed() { queue.serveOne() }
    }
  }
}

import Threads

/// Runs what waits for the disk on threads of its own, so that Swift's few stay free.
///
/// A concurrent queue of Dispatch would not do: on Linux it has no more threads than there are cores, and they run
/// Swift's tasks, too.
///
/// Callers bound how much of it runs at once: each worker has one unit, and with it one piece of such work.
enum BlockingWork {
  /// More than the disk can serve at once, so that those that wait for it share its commits; started as needed.
  private static let threads = 16

  private static let queue = WorkQueue(threads: threads, waiting: .max)

  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      // Neither full nor stopped, ever.
      if queue.add({ continuation.resume(with: Result(catching: body)) }) == .needsThread { startThread() }
    }
  }

  private static func startThread() {
    do {
      try DedicatedThread.start("sheaf-disk") { queue.serve() }
    } catch {
      // Another thread will come to the work. Without any, the caller does it: slow, but nobody waits for ever.
      if !queue.threadFailed() { queue.serveOne() }
    }
  }
}

import Dispatch
import Synchronization
import Threads

/// Threads of their own for the work of handlers: they may wait for the disk and compute, and neither the loop nor the
/// engine's threads notice.
///
/// How much waits here is bounded by the connections, each of which has one request at a time.
final class HandlerThreads: TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var head = 0
    var isStopped = false

    mutating func next() -> UnownedJob? {
      guard head < jobs.count else { return nil }
      defer {
        head += 1
        // What was taken is let go of in bulk, so that taking is cheap.
        if head == jobs.count || head > 512 {
          jobs.removeFirst(head)
          head = 0
        }
      }
      return jobs[head]
    }
  }

  private let state = Mutex(State())
  private let arrivals = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - threads: how many handlers run at once; those that await something take no thread.
  ///   - niceness: by how much they give way to others, such as the loop.
  /// - Throws: `ThreadFailure`.
  static func start(_ threads: Int, niceness: Int32) throws(ThreadFailure) -> HandlerThreads {
    let executor = HandlerThreads()
    for _ in 0..<max(1, threads) {
      try DedicatedThread.start("sheaf-handler", niceness: niceness) { executor.serve() }
    }
    return executor
  }

  private init() {}

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    arrivals.signal()
  }

  /// Lets the threads end when nothing waits any more. Only once nobody is left to hand in work.
  func stop() {
    state.withLock { $0.isStopped = true }
    arrivals.signal()
  }

  private func serve() {
    let executor = asUnownedTaskExecutor()
    while true {
      arrivals.wait()
      let (job, isStopped) = state.withLock { ($0.next(), $0.isStopped) }
      if let job {
        job.runSynchronously(on: executor)
      } else if isStopped {
        // For the next thread.
        arrivals.signal()
        return
      }
    }
  }
}

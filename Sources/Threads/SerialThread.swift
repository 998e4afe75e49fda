import Dispatch
import Synchronization

/// A thread of its own for an actor that waits for the disk or computes for long, so that none of Swift's few shared
/// threads waits with it, nor it for them.
///
/// Jobs run in the order they come, whatever their priority. How many wait is bounded by the actor's callers.
package final class SerialThread: SerialExecutor {
  private struct Inbox {
    var jobs: [UnownedJob] = []
    var isStopped = false
  }

  private let inbox = Mutex(Inbox())
  private let arrival = DispatchSemaphore(value: 0)

  private init() {}

  /// - Parameters:
  ///   - name: shown by `top -H`; Linux keeps 15 bytes.
  ///   - niceness: by how much more than its starter it gives way to other threads.
  package static func start(_ name: String, niceness: Int32 = 0) throws(ThreadFailure) -> SerialThread {
    let executor = SerialThread()
    // The thread keeps its executor alive until `stop`, even while the actor's last reference goes in one of its jobs.
    try DedicatedThread.start(name, niceness: niceness) { executor.run() }
    return executor
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isFirst = inbox.withLock { inbox in
      inbox.jobs.append(job)
      return inbox.jobs.count == 1
    }
    if isFirst { arrival.signal() }
  }

  /// Lets the thread end once it has run what it was given.
  package func stop() {
    inbox.withLock { $0.isStopped = true }
    arrival.signal()
  }

  private func run() {
    while true {
      arrival.wait()
      let (jobs, isStopped) = inbox.withLock { inbox in
        defer { inbox.jobs.removeAll() }
        return (inbox.jobs, inbox.isStopped)
      }
      for job in jobs { job.runSynchronously(on: asUnownedSerialExecutor()) }
      if isStopped, jobs.isEmpty { return }
      // One more look, for what came with the signal that is now used up.
      if isStopped { arrival.signal() }
    }
  }
}

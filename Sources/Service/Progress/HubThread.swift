import Dispatch
import Foundation
import Synchronization

/// The hub's own thread: telling a thousand subscribers takes its time, and neither the loop nor the engine is to wait
/// for it, nor it for them.
///
/// Being the actor's executor it also keeps the hub's work from running wherever a caller's task would like it to run.
final class HubThread: SerialExecutor {
  private struct Inbox {
    var jobs: [UnownedJob] = []
    var isStopped = false
  }

  private let inbox = Mutex(Inbox())
  private let arrival = DispatchSemaphore(value: 0)

  static func start() -> HubThread {
    let executor = HubThread()
    // The thread keeps its executor alive until `stop`, even while the actor's last reference goes in one of its jobs.
    let thread = Thread { executor.run() }
    thread.name = "sheaf-hub"
    thread.start()
    return executor
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isFirst = inbox.withLock { inbox in
      inbox.jobs.append(job)
      return inbox.jobs.count == 1
    }
    if isFirst { arrival.signal() }
  }

  /// Lets the thread end once it has run what it was given.
  func stop() {
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

import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A thread of its own for an actor that blocks on the disk, so that none of Swift's few shared threads waits for it.
///
/// Jobs run in the order they come, whatever their priority: callers' writes keep their order.
final class WriterThread: SerialExecutor {
  private struct Inbox {
    var jobs: [UnownedJob] = []
    var isStopped = false
  }

  private let inbox = Mutex(Inbox())
  private let arrival = DispatchSemaphore(value: 0)

  /// - Throws: `LedgerFailure.storage` where the system has no thread to give.
  static func start() throws -> WriterThread {
    let executor = WriterThread()
    // The thread keeps its executor alive until `stop`, even while the actor's last reference goes in one of its jobs.
    let reference = Unmanaged.passRetained(executor)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        // Always given, below.
        guard let argument else { return nil }
        Unmanaged<WriterThread>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, reference.toOpaque())
    guard status == 0 else {
      reference.release()
      throw LedgerFailure.storage(
        message: "no thread for the ledger: \(String(cString: strerror(status)))", outOfDisk: false)
    }
    pthread_detach(thread)
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

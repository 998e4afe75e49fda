import Synchronization
import Threads

/// A running worker as its one consumer sees it: events to await, frames to send, an end to make.
///
/// A thread of its own reads what comes, so that no waiting holds one of Swift's threads, and collects the exit
/// status as soon as there is one. When the last owner lets go, the worker is killed and collected.
package final class WorkerConnection: Sendable {
  package let process: SpawnedProcess
  private let queue: WorkerEventQueue
  private let waiting = ExitWaiters()

  /// Starts reading. From now on nobody else may receive from the process's channel.
  ///
  /// - Parameters:
  ///   - limits: how much may lie unread before the worker has to wait.
  ///   - onLogLine: gets each line of the worker's stderr, without newline, at most 64 kB at once, on the reader's
  ///     thread; it must not wait. The lines before a worker's end are told before its `exited`. If nil, the
  ///     caller reads `process.log`.
  /// - Throws: `system` if there is no thread or descriptor left; the process is then killed.
  package init(
    _ process: SpawnedProcess, limits: WorkerQueueLimits = WorkerQueueLimits(),
    onLogLine: (@Sendable ([UInt8]) -> Void)? = nil
  ) throws(ChannelFailure) {
    let wake = try WakeSignal()
    let queue = WorkerEventQueue(limits: limits, wakeReader: wake)
    let waiting = waiting
    self.process = process
    self.queue = queue
    do throws(ThreadFailure) {
      try DedicatedThread.start("worker \(process.pid)") {
        let log: LogLines?
        do throws(ChannelFailure) {
          if let onLogLine { log = try LogLines(reading: process.log, deliver: onLogLine) } else { log = nil }
        } catch {
          onLogLine?(Array(error.description.utf8))
          log = nil
        }
        var reader = WorkerReader(process: process, queue: queue, wake: wake, log: log, onExit: waiting.resolve)
        reader.run()
      }
    } catch {
      throw ChannelFailure(error)
    }
  }

  deinit {
    process.kill()
    queue.abandon()
  }

  /// The next event, waiting for it; nil after `exited`. One consumer at a time.
  ///
  /// - Throws: `CancellationError` when the task is cancelled; no event is lost and the worker goes on.
  package func next() async throws(CancellationError) -> WorkerEvent? { try await queue.next() }

  /// Sends one frame, waiting while the socket (about 200 kB) is full: give a deadline where the worker may hang.
  package func send(
    _ bytes: [UInt8], descriptor: OwnedDescriptor? = nil, deadline: ContinuousClock.Instant? = nil
  ) throws(ChannelFailure) {
    if let descriptor {
      try process.channel.send(bytes, descriptor: descriptor, deadline: deadline)
    } else {
      try process.channel.send(bytes, deadline: deadline)
    }
  }

  /// Lets the worker see the end of its orders, so that it leaves by itself.
  package func endSending() { process.channel.endSending() }

  /// Ends the worker and everything it started, now. Its `exited` follows.
  package func kill() { process.kill() }

  /// Waits for the end of the process, whether or not its events are taken. Not ended by cancellation: kill does.
  package func exit() async -> ProcessExit { await waiting.value() }
}

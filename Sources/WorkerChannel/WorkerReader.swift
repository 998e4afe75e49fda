import Glibc

/// What one worker's thread does: moves frames, log lines and the exit from descriptors to the consumer.
struct WorkerReader {
  let process: SpawnedProcess
  let queue: WorkerEventQueue
  let wake: WakeSignal
  /// Called once, as soon as the exit status is collected, however much is unread.
  let onExit: @Sendable (ProcessExit) -> Void
  var log: LogLines?

  private var exit: ProcessExit?
  private var isReading = true

  init(
    process: SpawnedProcess, queue: WorkerEventQueue, wake: WakeSignal, log: LogLines?,
    onExit: @escaping @Sendable (ProcessExit) -> Void
  ) {
    self.process = process
    self.queue = queue
    self.wake = wake
    self.log = log
    self.onExit = onExit
  }

  /// Returns when the process has ended and all it sent has been put down.
  mutating func run() {
    while isReading || exit == nil {
      do throws(ChannelFailure) {
        let ready = try waitForSomething()
        if ready.log { log?.pump() }
        if ready.exit { noteExit() }
        if ready.frames { readFrames() }
      } catch {
        // Without poll nothing can be watched: the worker is ended, and its end waited for.
        process.kill()
        stopReading(error)
        waitForExit()
      }
    }
    log?.finish()
    if let exit { queue.push(.exited(exit)) }
    queue.finish()
  }

  private func waitForSomething() throws(ChannelFailure) -> (exit: Bool, log: Bool, frames: Bool) {
    let mayRead = isReading && queue.hasRoom
    let isLogOpen = log?.isOpen ?? false
    return try process.pidfd.lend { (pidfd) throws(ChannelFailure) in
      try process.channel.socket.lend { (socket) throws(ChannelFailure) in
        try process.log.lend(orNone: !isLogOpen) { (log) throws(ChannelFailure) in
          try wake.counter.lend { (counter) throws(ChannelFailure) in
            // poll passes over negative numbers.
            var entries = [
              pollfd(fd: counter, events: Readiness.readable, revents: 0),
              pollfd(fd: exit == nil ? pidfd : -1, events: Readiness.readable, revents: 0),
              pollfd(fd: log, events: Readiness.readable, revents: 0),
              pollfd(fd: mayRead ? socket : -1, events: Readiness.readable, revents: 0),
            ]
            _ = try Readiness.wait(&entries)
            if entries[0].revents != 0 { wake.clear() }
            return (entries[1].revents != 0, entries[2].revents != 0, entries[3].revents != 0)
          }
        }
      }
    }
  }

  private mutating func noteExit() {
    guard exit == nil, let ended = process.exitIfEnded() else { return }
    exit = ended
    onExit(ended)
    // What was sent before stays readable. A descendant that left the group cannot prolong the stream.
    process.channel.end()
  }

  private mutating func waitForExit() {
    while exit == nil {
      // Without poll the status is asked for now and then.
      noteExit()
      if exit == nil { usleep(WorkerReader.pauseWithoutPoll) }
    }
  }

  private mutating func readFrames() {
    while isReading, queue.hasRoom {
      do throws(ChannelFailure) {
        switch try process.channel.receiveAvailable() {
        case .frame(let frame): queue.push(.frame(frame))
        case .pending: return
        case .end: stopReading(nil)
        }
      } catch {
        stopReading(error)
      }
    }
  }

  private mutating func stopReading(_ failure: ChannelFailure?) {
    guard isReading else { return }
    isReading = false
    queue.push(.closed(failure))
  }

  private static let pauseWithoutPoll: useconds_t = 10_000  // microseconds; rare, and the worker is being killed
}

import Synchronization

/// The events that a worker's reader thread has put down and its one consumer has not yet taken.
final class WorkerEventQueue: Sendable {
  private enum Answer: Sendable {
    case event(WorkerEvent)
    case end
    case cancelled
  }

  private struct State {
    var unread: [WorkerEvent] = []
    var unreadBytes = 0
    var waiting: (ticket: UInt64, continuation: CheckedContinuation<Answer, Never>)?
    var lastTicket: UInt64 = 0
    var isFinished = false
    var isAbandoned = false
  }

  private let limits: WorkerQueueLimits
  private let wakeReader: WakeSignal
  private let state = Mutex(State())

  init(limits: WorkerQueueLimits, wakeReader: WakeSignal) {
    self.limits = limits
    self.wakeReader = wakeReader
  }

  /// Whether the reader may read another frame. It learns of new room through its wake signal.
  var hasRoom: Bool { state.withLock { hasRoom($0) } }

  /// Whether nobody will take an event any more.
  var isAbandoned: Bool { state.withLock(\.isAbandoned) }

  /// Puts an event down for the consumer.
  func push(_ event: WorkerEvent) {
    let waiter: CheckedContinuation<Answer, Never>? = state.withLock { state in
      if state.isAbandoned { return nil }
      if let waiting = state.waiting {
        state.waiting = nil
        return waiting.continuation
      }
      state.unread.append(event)
      state.unreadBytes += event.byteCount
      return nil
    }
    waiter?.resume(returning: .event(event))
  }

  /// Says that the event put down last was the last one.
  func finish() {
    let waiter = state.withLock { state in
      state.isFinished = true
      defer { state.waiting = nil }
      return state.waiting?.continuation
    }
    waiter?.resume(returning: .end)
  }

  /// Drops what is unread and what is still to come.
  func abandon() {
    // Frames are freed outside the lock: their descriptors close then.
    let dropped = state.withLock { state in
      state.isAbandoned = true
      defer { state.unread = [] }
      state.unreadBytes = 0
      return state.unread
    }
    withExtendedLifetime(dropped) {}
    wakeReader.signal()
  }

  /// The next event, waiting for it; nil after the last one.
  ///
  /// - Precondition: no other call of `next` is waiting.
  /// - Throws: when the task is cancelled; no event is lost.
  func next() async throws(CancellationError) -> WorkerEvent? {
    let ticket = state.withLock { state in
      state.lastTicket += 1
      return state.lastTicket
    }
    let answer: Answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if let answer = answerOrWait(ticket, continuation) { continuation.resume(returning: answer) }
      }
    } onCancel: {
      cancel(ticket)
    }
    switch answer {
    case .event(let event): return event
    case .end: return nil
    case .cancelled: throw CancellationError()
    }
  }

  private func answerOrWait(_ ticket: UInt64, _ continuation: CheckedContinuation<Answer, Never>) -> Answer? {
    let (answer, madeRoom): (Answer?, Bool) = state.withLock { state in
      // Looked at under the lock: a cancellation before this is seen here, one after it finds the waiter.
      if Task.isCancelled { return (.cancelled, false) }
      guard state.unread.isEmpty else {
        let hadRoom = hasRoom(state)
        let event = state.unread.removeFirst()
        state.unreadBytes -= event.byteCount
        return (.event(event), !hadRoom && hasRoom(state))
      }
      if state.isFinished { return (.end, false) }
      precondition(state.waiting == nil, "a worker's events have one consumer")
      state.waiting = (ticket, continuation)
      return (nil, false)
    }
    if madeRoom { wakeReader.signal() }
    return answer
  }

  private func cancel(_ ticket: UInt64) {
    let waiter: CheckedContinuation<Answer, Never>? = state.withLock { state in
      guard let waiting = state.waiting, waiting.ticket == ticket else { return nil }
      state.waiting = nil
      return waiting.continuation
    }
    waiter?.resume(returning: .cancelled)
  }

  private func hasRoom(_ state: State) -> Bool {
    state.isAbandoned || state.unread.count < limits.frames && state.unreadBytes < limits.bytes
  }
}

extension WorkerEvent {
  fileprivate var byteCount: Int {
    if case .frame(let frame) = self { frame.bytes.count } else { 0 }
  }
}

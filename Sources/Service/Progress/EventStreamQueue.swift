import EventLoop
import HTTPServer
import Synchronization

/// What waits to be written to one event stream: an outbox for those who have no WebSocket.
final class EventStreamQueue: ProgressSink {
  private struct Entry {
    var message: ProgressMessage
    var key: UInt64?
    var isPinned: Bool
  }

  private struct State {
    var entries: [Entry] = []
    var bytes = 0
    var isClosed = false
    /// Since when it was full without anything having been taken.
    var fullSince: ContinuousClock.Instant?
    /// Something is to be written though nothing waits: the line that keeps the stream alive.
    var isPoked = false
    var reader: CheckedContinuation<Void, Never>?
    var whenEmpty: (@Sendable () -> Void)?
  }

  private let state = Mutex(State())
  private let limits: ProgressLimits

  init(_ limits: ProgressLimits) { self.limits = limits }

  func offer(_ message: ProgressMessage, key: UInt64?, pinned: Bool) -> Outbox.Admission {
    let (admission, reader) = state.withLock { state in
      guard !state.isClosed else { return (Outbox.Admission.closed, nil as CheckedContinuation<Void, Never>?) }
      let admission = admit(Entry(message: message, key: key, isPinned: pinned), &state)
      return (admission, Self.takeReader(&state))
    }
    reader?.resume()
    return admission
  }

  private func admit(_ entry: Entry, _ state: inout State) -> Outbox.Admission {
    let size = entry.message.json.count
    if let key = entry.key, !entry.isPinned,
      let index = state.entries.lastIndex(where: { $0.key == key && !$0.isPinned })
    {
      state.bytes += size - state.entries[index].message.json.count
      state.entries[index] = entry
      return .replaced
    }
    var dropped = 0
    while state.entries.count >= limits.outbox.frames
      || (state.bytes + size > limits.outbox.bytes && !state.entries.isEmpty)
    {
      if state.fullSince == nil { state.fullSince = .now }
      guard let victim = state.entries.firstIndex(where: { !$0.isPinned }) else { return .full }
      state.bytes -= state.entries.remove(at: victim).message.json.count
      dropped += 1
    }
    state.entries.append(entry)
    state.bytes += size
    return dropped == 0 ? .queued : .dropped(dropped)
  }

  func removeAll() {
    state.withLock { state in
      state.entries = []
      state.bytes = 0
    }
  }

  func whenEmpty(_ action: @escaping @Sendable () -> Void) {
    let isEmpty = state.withLock { state in
      guard !state.isClosed, !state.entries.isEmpty else { return !state.isClosed }
      state.whenEmpty = action
      return false
    }
    if isEmpty { action() }
  }

  func close(_ code: WebSocketCloseCode, _ reason: String) { close() }

  /// Ends the stream behind what waits.
  func close() {
    let reader = state.withLock { state in
      state.isClosed = true
      state.whenEmpty = nil
      return Self.takeReader(&state)
    }
    reader?.resume()
  }

  /// Has a line written that says nothing.
  func poke() {
    let reader = state.withLock { state in
      state.isPoked = true
      return Self.takeReader(&state)
    }
    reader?.resume()
  }

  private static func takeReader(_ state: inout State) -> CheckedContinuation<Void, Never>? {
    defer { state.reader = nil }
    return state.reader
  }

  // MARK: for the stream

  /// The bytes to be written next, waiting for some; nil at the end. For one reader.
  ///
  /// - Throws: `ConnectionLost` where the client took nothing for too long while the queue was full.
  func next() async throws -> [UInt8]? {
    while true {
      let (bytes, whenEmpty, isOver) = try state.withLock { state in try take(&state) }
      whenEmpty?()
      if !bytes.isEmpty { return bytes }
      if isOver { return nil }
      await withCheckedContinuation { (reader: CheckedContinuation<Void, Never>) in
        let mustWait = state.withLock { state in
          guard state.entries.isEmpty, !state.isClosed, !state.isPoked else { return false }
          state.reader = reader
          return true
        }
        if !mustWait { reader.resume() }
      }
    }
  }

  /// Messages written at once; what waits longer may still be replaced.
  private static let messagesPerWrite = 32

  private func take(_ state: inout State) throws -> ([UInt8], (@Sendable () -> Void)?, Bool) {
    if let since = state.fullSince, since + limits.streamFull < .now { throw ConnectionLost() }
    var bytes: [UInt8] = []
    let count = min(state.entries.count, Self.messagesPerWrite)
    for entry in state.entries[..<count] {
      state.bytes -= entry.message.json.count
      bytes.append(contentsOf: entry.message.streamEvent)
    }
    state.entries.removeFirst(count)
    if count > 0 { state.fullSince = nil }
    if bytes.isEmpty, state.isPoked { bytes = Array(": \n\n".utf8) }
    state.isPoked = false
    guard state.entries.isEmpty else { return (bytes, nil, false) }
    defer { state.whenEmpty = nil }
    return (bytes, state.whenEmpty, state.isClosed)
  }
}

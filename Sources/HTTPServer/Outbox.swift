import EventLoop
import Synchronization

/// What waits to be sent to one WebSocket: bounded, whoever fills it and however slowly it empties.
///
/// Any thread may offer; the loop takes, once per turn. A newer frame of a key takes the place of the older one, which
/// is how progress is coalesced. When it is full, the oldest frame that is not pinned is let go of.
package final class Outbox: Sendable {
  /// What became of an offer.
  package enum Admission: Sendable, Hashable {
    case queued
    /// It took the place of an older one of the same key.
    case replaced
    /// It is queued, and this many older frames were let go of.
    case dropped(Int)
    /// All that waits is pinned: it was not queued. Empty the outbox (`removeAll`) and tell the client to start anew.
    case full
    /// The WebSocket is closed or closing.
    case closed
  }

  /// So many pongs wait one behind the other; of further pings only the newest is answered, as RFC 6455, 5.5.3 allows,
  /// so that a flood of them fills no outbox.
  static let pongLimit = 32

  /// Keys of the server's own control frames.
  static let pongKey = UInt64.max
  static let pingKey = UInt64.max - 1

  struct Entry {
    var payload: WebSocketPayload
    var key: UInt64?
    var isPinned: Bool
  }

  private struct State {
    /// `entries[head...]` wait; the array is emptied at once when the last is taken.
    var entries: [Entry] = []
    var head = 0
    var bytes = 0
    /// How many of those that wait are pongs.
    var pongs = 0
    var isClosed = false
    var isScheduled = false
    var fullSince: LoopInstant?
    var whenEmpty: (@Sendable () -> Void)?

    var count: Int { entries.count - head }
  }

  private let state = Mutex(State())
  private let limits: OutboxLimits
  private let token: EventToken
  private let loop: EventLoop
  private let metrics: ServerMetrics

  init(token: EventToken, limits: OutboxLimits, loop: EventLoop, metrics: ServerMetrics) {
    self.token = token
    self.limits = limits
    self.loop = loop
    self.metrics = metrics
  }

  /// Queues a frame, never waiting. From any thread.
  ///
  /// - Parameters:
  ///   - key: frames of one key replace each other while they wait; nil for a frame that stands by itself. The two
  /// largest
  ///     numbers are the server's own.
  ///   - pinned: never let go of and never replaced.
  @discardableResult
  package func offer(_ payload: WebSocketPayload, key: UInt64? = nil, pinned: Bool = false) -> Admission {
    offer(Entry(payload: payload, key: key, isPinned: pinned))
  }

  /// Queues the answer to a ping: behind those that wait already, as long as there is room for it without others going.
  @discardableResult
  func offerPong(_ payload: WebSocketPayload) -> Admission {
    offer(Entry(payload: payload, key: Self.pongKey, isPinned: false))
  }

  private func offer(_ entry: Entry) -> Admission {
    let (admission, mustSchedule) = state.withLock { state -> (Admission, Bool) in
      guard !state.isClosed else { return (.closed, false) }
      let admission = admit(entry, &state)
      guard admission != .full, !state.isScheduled else { return (admission, false) }
      state.isScheduled = true
      return (admission, true)
    }
    switch admission {
    case .replaced: metrics.framesCoalesced.add()
    case .dropped(let count): metrics.framesDropped.add(count)
    case .queued, .full, .closed: break
    }
    if mustSchedule { loop.requestAttention(token) }
    return admission
  }

  /// Lets go of everything that waits, the pinned frames too; what the socket has begun to take goes out.
  ///
  /// It frees no client from taking something: one for which it was full stays on the clock.
  package func removeAll() {
    let count = state.withLock { state in
      let fullSince = state.fullSince
      defer {
        clear(&state)
        state.fullSince = fullSince
      }
      return state.count
    }
    metrics.framesDropped.add(count)
  }

  /// Calls back once, when nothing waits any more: at once, or on the loop when the last frame is handed to the socket.
  /// A later call takes the place of an earlier one; nobody is called for a closed WebSocket.
  package func whenEmpty(_ action: @escaping @Sendable () -> Void) {
    let isEmpty = state.withLock { state in
      guard !state.isClosed, state.count > 0 else { return !state.isClosed }
      state.whenEmpty = action
      return false
    }
    if isEmpty { action() }
  }

  /// How many frames wait.
  package var count: Int { state.withLock { $0.count } }

  /// How many bytes wait.
  package var byteCount: Int { state.withLock { $0.bytes } }

  private func admit(_ entry: Entry, _ state: inout State) -> Admission {
    let size = entry.payload.frame.count
    let isPong = entry.key == Self.pongKey
    let standsAlone =
      isPong && state.pongs < Self.pongLimit && state.count < limits.frames && state.bytes + size <= limits.bytes
    if let key = entry.key, !entry.isPinned, !standsAlone,
      let index = state.entries[state.head...].lastIndex(where: { $0.key == key && !$0.isPinned })
    {
      state.bytes += size - state.entries[index].payload.frame.count
      state.entries[index] = entry
      return .replaced
    }
    var dropped = 0
    while state.count >= limits.frames || (state.bytes + size > limits.bytes && state.count > 0) {
      if state.fullSince == nil { state.fullSince = loop.clock.now }
      // A pinned frame pushes out what is not; if all is pinned, there is no room.
      guard let victim = state.entries[state.head...].firstIndex(where: { !$0.isPinned }) else { return .full }
      state.bytes -= state.entries[victim].payload.frame.count
      if state.entries[victim].key == Self.pongKey { state.pongs -= 1 }
      state.entries.remove(at: victim)
      dropped += 1
    }
    state.entries.append(entry)
    state.bytes += size
    if isPong { state.pongs += 1 }
    return dropped == 0 ? .queued : .dropped(dropped)
  }

  private func clear(_ state: inout State) {
    state.entries = []
    state.head = 0
    state.bytes = 0
    state.pongs = 0
    state.fullSince = nil
  }

  // MARK: for the server, on the loop

  /// Takes up to `limit` frames in order. Once it is empty, the next offer asks for attention again.
  func take(_ limit: Int, _ body: (WebSocketPayload) -> Void) {
    let whenEmpty: (@Sendable () -> Void)? = state.withLock { state in
      let end = min(state.entries.count, state.head + limit)
      for index in state.head..<end {
        state.bytes -= state.entries[index].payload.frame.count
        if state.entries[index].key == Self.pongKey { state.pongs -= 1 }
        body(state.entries[index].payload)
      }
      if end > state.head { state.fullSince = nil }
      if end == state.entries.count {
        state.entries = []
        state.head = 0
        state.isScheduled = false
        defer { state.whenEmpty = nil }
        return state.whenEmpty
      }
      state.head = end
      if end >= limits.frames {
        state.entries.removeFirst(end)
        state.head = 0
      }
      return nil
    }
    whenEmpty?()
  }

  /// Queues the last frame there will be, behind what waits or, `atOnce`, instead of it.
  func close(with payload: WebSocketPayload, atOnce: Bool = false) {
    let mustSchedule = state.withLock { state in
      guard !state.isClosed else { return false }
      state.isClosed = true
      if atOnce { clear(&state) }
      // The one frame that no cap refuses.
      state.entries.append(Entry(payload: payload, key: nil, isPinned: true))
      state.bytes += payload.frame.count
      guard !state.isScheduled else { return false }
      state.isScheduled = true
      return true
    }
    if mustSchedule { loop.requestAttention(token) }
  }

  /// Refuses offers from now on and lets go of everything.
  func shut() {
    state.withLock { state in
      state.isClosed = true
      state.whenEmpty = nil
      clear(&state)
    }
  }

  /// Since when offers have found it full without anything having been taken.
  var fullSince: LoopInstant? { state.withLock { $0.fullSince } }
}

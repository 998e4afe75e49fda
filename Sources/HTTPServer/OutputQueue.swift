import EventLoop

/// What a connection has yet to send, in order.
struct OutputQueue {
  enum Item {
    case bytes([UInt8], start: Int)
    case shared(SharedBytes, start: Int)
    case file(OpenFile, offset: Int64, remaining: Int64)
  }

  /// What came of sending.
  enum Outcome: Equatable {
    case drained
    /// The socket takes no more for now.
    case blocked
    /// Others shall have their turn; there is room for more.
    case paused
    /// The connection is broken, or a file was cut short while it was sent.
    case failed
  }

  /// Places kept for later once all is sent.
  private static let keptPlaces = 32
  /// Bytes that one connection sends in a turn, about 1 ms of copying.
  private static let turnLimit = 1 << 20

  private var items: [Item] = []
  private var head = 0
  /// Bytes in memory that wait; a file's do not count.
  private(set) var buffered = 0

  var isEmpty: Bool { head == items.count }

  mutating func append(_ bytes: [UInt8], from start: Int = 0) {
    guard start < bytes.count else { return }
    items.append(.bytes(bytes, start: start))
    buffered += bytes.count - start
  }

  mutating func append(_ bytes: SharedBytes) {
    guard bytes.count > 0 else { return }
    items.append(.shared(bytes, start: 0))
    buffered += bytes.count
  }

  mutating func append(_ file: OpenFile, offset: Int64, length: Int64) {
    guard length > 0 else { return }
    items.append(.file(file, offset: offset, remaining: length))
  }

  mutating func removeAll() {
    items = []
    head = 0
    buffered = 0
  }

  /// Sends as far as the socket takes it. `sent` grows by the bytes it took.
  mutating func flush(_ socket: StreamSocket, sent: inout Int) -> Outcome {
    var turn = 0
    while head < items.count {
      guard turn < Self.turnLimit else { return .paused }
      switch sendFirst(socket) {
      case .moved(let count):
        sent += count
        turn += count
      case .wouldBlock: return .blocked
      case .ended, .failed: return .failed
      }
    }
    items.removeAll(keepingCapacity: items.capacity <= Self.keptPlaces)
    head = 0
    return .drained
  }

  private mutating func sendFirst(_ socket: StreamSocket) -> StreamSocket.Progress {
    switch items[head] {
    case .bytes(let bytes, let start):
      let progress = bytes.withUnsafeBytes { socket.send(UnsafeRawBufferPointer(rebasing: $0[start...])) }
      if case .moved(let count) = progress { advance(by: count) }
      return progress
    case .shared:
      return gather(socket)
    case .file(let file, let offset, let remaining):
      let progress = socket.send(file: file, from: offset, count: Int(min(remaining, Int64(Self.turnLimit))))
      if case .moved(let count) = progress {
        if Int64(count) >= remaining {
          removeFirst()
        } else {
          items[head] = .file(file, offset: offset + Int64(count), remaining: remaining - Int64(count))
        }
      }
      return progress
    }
  }

  /// Sends the shared bytes at the front with one call.
  private mutating func gather(_ socket: StreamSocket) -> StreamSocket.Progress {
    // The items keep the bytes alive until they are removed, below.
    let progress = socket.gather { index in
      guard head + index < items.count, case .shared(let bytes, let start) = items[head + index] else { return nil }
      return UnsafeRawBufferPointer(rebasing: bytes.buffer[start...])
    }
    if case .moved(let count) = progress { advance(by: count) }
    return progress
  }

  /// Takes bytes off the front of what is in memory.
  private mutating func advance(by count: Int) {
    buffered -= count
    var left = count
    while left > 0 {
      switch items[head] {
      case .bytes(let bytes, let start):
        let available = bytes.count - start
        guard left >= available else {
          items[head] = .bytes(bytes, start: start + left)
          return
        }
        left -= available
      case .shared(let bytes, let start):
        let available = bytes.count - start
        guard left >= available else {
          items[head] = .shared(bytes, start: start + left)
          return
        }
        left -= available
      case .file: return
      }
      removeFirst()
    }
  }

  private mutating func removeFirst() {
    items[head] = .bytes([], start: 0)
    head += 1
    if head >= 64 {
      items.removeFirst(head)
      head = 0
    }
  }
}

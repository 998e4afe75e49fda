import EventLoop
import Synchronization

/// The bounded way of a request's body from the connection to its handler.
final class BodyChannel: Sendable {
  private struct State {
    var chunks: [[UInt8]] = []
    var head = 0
    var bytes = 0
    var waiter: CheckedContinuation<[UInt8]?, any Error>?
    var end: Result<Void, any Error>?
    /// The handler has asked for the body.
    var isWanted = false
    /// The connection reads no further until there is room.
    var isHeldBack = false

    /// A client chooses how its body is cut; what waits costs no more for it.
    mutating func add(_ chunk: [UInt8]) {
      bytes += chunk.count
      if head < chunks.count, chunks[chunks.count - 1].count + chunk.count <= BodyChannel.pieceSize {
        chunks[chunks.count - 1].append(contentsOf: chunk)
      } else {
        chunks.append(chunk)
      }
    }

    mutating func next() -> [UInt8]? {
      guard head < chunks.count else { return nil }
      defer {
        head += 1
        if head == chunks.count {
          chunks.removeAll(keepingCapacity: true)
          head = 0
        }
      }
      let chunk = chunks[head]
      chunks[head] = []
      bytes -= chunk.count
      return chunk
    }
  }

  /// Bytes up to which small pieces that wait are put together.
  private static let pieceSize = 32 << 10

  private let state = Mutex(State())
  private let loop: EventLoop
  private let token: EventToken
  private let limit: Int

  init(loop: EventLoop, token: EventToken, limit: Int) {
    self.loop = loop
    self.token = token
    self.limit = limit
  }

  /// The next piece; nil at the body's end.
  func next() async throws -> [UInt8]? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in take(continuation) }
    } onCancel: {
      let waiter = state.withLock { $0.waiter.take() }
      waiter?.resume(throwing: CancellationError())
    }
  }

  private func take(_ continuation: CheckedContinuation<[UInt8]?, any Error>) {
    var answer: Result<[UInt8]?, any Error>?
    let needsAttention = state.withLock { state in
      let isFirst = !state.isWanted
      state.isWanted = true
      if let chunk = state.next() {
        answer = .success(chunk)
      } else if let end = state.end {
        answer = end.map { nil }
      } else if Task.isCancelled || state.waiter != nil {
        // Asked under the lock: who cancels afterwards finds the waiter.
        // Two readers of one body would each see half of it: the second is refused.
        answer = .failure(CancellationError())
      } else {
        state.waiter = continuation
      }
      let hasRoom = state.isHeldBack && state.bytes <= limit / 2
      if hasRoom { state.isHeldBack = false }
      return isFirst || hasRoom
    }
    if needsAttention { loop.requestAttention(token) }
    if let answer { continuation.resume(with: answer) }
  }

  // MARK: for the connection, on the loop

  /// Whether the handler has asked for the body: only then the client is told to send it.
  var isWanted: Bool { state.withLock { $0.isWanted } }

  /// Whether the connection is to stop reading.
  var isHeldBack: Bool { state.withLock { $0.isHeldBack } }

  func deliver(_ chunk: [UInt8]) {
    let waiter = state.withLock { state -> CheckedContinuation<[UInt8]?, any Error>? in
      guard state.end == nil else { return nil }
      if let waiter = state.waiter.take() { return waiter }
      state.add(chunk)
      if state.bytes >= limit { state.isHeldBack = true }
      return nil
    }
    waiter?.resume(returning: chunk)
  }

  func finish() { end(.success(())) }

  func fail(_ error: any Error) { end(.failure(error)) }

  private func end(_ result: Result<Void, any Error>) {
    let waiter = state.withLock { state in
      if state.end == nil { state.end = result }
      // After a failure nobody is served half a body.
      if case .failure = result { (state.chunks, state.head, state.bytes) = ([], 0, 0) }
      return state.waiter.take()
    }
    waiter?.resume(with: result.map { nil })
  }
}

/// A connection for straight-line code: calls that suspend the task rather than block a thread.
///
/// One task may receive while another sends. The connection closes with its last reference, or at `close`.
package final class AsyncSocket: Sendable {
  private let socket: StreamSocket
  private let loop: EventLoop
  private let signals = SocketSignals()

  private init(_ socket: StreamSocket, loop: EventLoop) {
    self.socket = socket
    self.loop = loop
  }

  deinit {
    signals.fail(LoopFailure(.connectionClosed, during: "use a socket"))
    loop.execute { [loop, socket, signals] in
      loop.remove(socket.descriptor, of: signals)
      socket.close()
    }
  }

  /// - Throws: `LoopFailure` for what cannot be reached or not in time, `CancellationError`.
  package static func connect(
    to address: SocketAddress, on loop: EventLoop, within time: Duration
  ) async throws -> AsyncSocket {
    let connection = AsyncSocket(try StreamSocket.connect(to: address), loop: loop)
    try await connection.watch()
    let step = "connect to \(address)"
    try await connection.wait(.writing, within: time, during: step)
    if let errno = connection.socket.connectionFailure {
      throw LoopFailure(.system(call: "connect", errno: errno), during: step, hint: "is the server running?")
    }
    return connection
  }

  private func watch() async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      loop.execute { [loop, socket, signals] in
        continuation.resume(
          with: Result {
            _ = try loop.register(
              socket.descriptor, for: [.readable, .writable, .peerClosed, .onChange], handler: signals)
          })
      }
    }
  }

  /// Some bytes, at most `count`; none at the end of the stream.
  ///
  /// - Parameter time: how long nothing may come; nil for as long as it takes.
  package func receive(upTo count: Int, within time: Duration? = nil) async throws -> [UInt8] {
    while true {
      var progress = StreamSocket.Progress.wouldBlock
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        progress = socket.receive(into: UnsafeMutableRawBufferPointer(buffer))
        if case .moved(let moved) = progress { initialized = moved }
      }
      switch progress {
      case .moved, .ended: return bytes
      case .failed(let errno): throw LoopFailure(.system(call: "recv", errno: errno), during: "receive")
      case .wouldBlock: try await wait(.reading, within: time, during: "receive")
      }
    }
  }

  /// Sends all of the bytes.
  ///
  /// - Parameter time: how long the other end may take nothing; nil for as long as it takes.
  package func send(_ bytes: [UInt8], within time: Duration? = nil) async throws {
    var start = 0
    while start < bytes.count {
      switch bytes.withUnsafeBytes({ socket.send(UnsafeRawBufferPointer(rebasing: $0[start...])) }) {
      case .moved(let count): start += count
      case .ended, .wouldBlock: try await wait(.writing, within: time, during: "send")
      case .failed(let errno): throw LoopFailure(.system(call: "send", errno: errno), during: "send")
      }
    }
  }

  /// Says that nothing more will be sent.
  package func finishSending() { socket.shutdownWriting() }

  /// Ends the waiting of all who use it; the descriptor itself is closed with the last reference.
  package func close() {
    socket.shutdownBoth()
    signals.fail(LoopFailure(.connectionClosed, during: "use a socket"))
  }

  private func wait(_ direction: SocketSignals.Direction, within time: Duration?, during step: String) async throws {
    guard let time else { return try await signals.wait(direction) }
    let timer = TimeLimit()
    loop.execute { [loop, signals] in
      timer.start(on: loop, after: time) { signals.interrupt(direction, LoopFailure(.timedOut, during: step)) }
    }
    defer { loop.execute { [loop] in timer.cancel(on: loop) } }
    try await signals.wait(direction)
  }
}

import EventLoop
import Synchronization

/// So many connections, each of which asks again as soon as it is answered.
final class RequestLoad: ReadinessHandler, @unchecked Sendable {
  // Proof of Sendable: everything but `finished` is touched on the loop's thread only, once `start` runs there.
  private let loop: EventLoop
  private let request: [UInt8]
  private let sockets: [StreamSocket]
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)
  private var asked: [Int32: LoopInstant] = [:]
  private var received: [Int32: Int] = [:]
  private var answerLength: Int?
  private var latencies: [Int64] = []
  private var failures = 0
  private var isOver = false

  init(_ address: SocketAddress, connections: Int, path: String, loop: EventLoop) throws {
    self.loop = loop
    request = Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nUser-Agent: load-generator\r\nAccept: */*\r\n\r\n".utf8)
    sockets = try (0..<connections).map { _ in try StreamSocket.connect(to: address) }
    latencies.reserveCapacity(4_000_000)
  }

  deinit { buffer.deallocate() }

  /// - Returns: requests a second, and quantiles of the time to the answer in milliseconds.
  func run(for time: Duration) async throws -> String {
    loop.execute { [self] in
      for socket in sockets {
        // Counted as a failure: its connection never asks.
        if (try? loop.register(socket.descriptor, for: .writable, handler: self)) == nil { failures += 1 }
      }
    }
    try await loop.sleep(for: time)
    return await withCheckedContinuation { continuation in
      loop.execute { [self] in
        isOver = true
        continuation.resume(returning: report(time))
      }
    }
  }

  func ready(_ events: ArraySlice<ReadyEvent>) {
    guard !isOver else { return }
    for event in events {
      let socket = StreamSocket(descriptor: event.token.descriptor)
      if event.readiness.contains(.writable) {
        loop.change(event.token, to: .readable)
        ask(socket)
        continue
      }
      switch socket.receive(into: buffer) {
      case .moved(let count): took(count, socket)
      case .wouldBlock: break
      case .ended, .failed:
        failures += 1
        loop.remove(event.token)
      }
    }
  }

  private func took(_ count: Int, _ socket: StreamSocket) {
    let total = received[socket.descriptor, default: 0] + count
    // Every answer is as long as the first, which comes in one piece.
    let length = answerLength ?? total
    answerLength = length
    received[socket.descriptor] = total
    guard total >= length else { return }
    received[socket.descriptor] = 0
    let now = loop.clock.now
    if let since = asked[socket.descriptor] { latencies.append(now.since(since).nanoseconds) }
    ask(socket)
  }

  private func ask(_ socket: StreamSocket) {
    asked[socket.descriptor] = loop.clock.now
    if case .failed = request.withUnsafeBytes({ socket.send($0) }) { failures += 1 }
  }

  private func report(_ time: Duration) -> String {
    latencies.sort()
    func milliseconds(_ share: Double) -> Double {
      latencies.isEmpty ? 0 : Double(latencies[min(latencies.count - 1, Int(Double(latencies.count) * share))]) / 1e6
    }
    return """
      {"requests_per_second": \(Double(latencies.count) / time.inSeconds), "p50_ms": \(milliseconds(0.5)), \
      "p99_ms": \(milliseconds(0.99)), "max_ms": \(milliseconds(1)), "failures": \(failures)}
      """
  }
}

import EventLoop
import Glibc

/// So many WebSockets that watch, and how long one event takes to reach the last of them.
final class SocketLoad: ReadinessHandler, @unchecked Sendable {
  // Proof of Sendable: everything mutable is touched on the loop's thread only.
  private static let event = [UInt8](repeating: UInt8(ascii: "x"), count: 300)
  /// An unmasked frame of that length.
  private static let frameLength = 304

  private let address: SocketAddress
  private let loop: EventLoop
  private let count: Int
  private let process: String
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16_384, alignment: 16)
  private var pending: [Int32: Int] = [:]
  private var isUpgraded: Set<Int32> = []
  private var ended = 0
  private var waiter: CheckedContinuation<LoopInstant, Never>?
  private var wanted = 0
  private var reached = 0

  init(_ address: SocketAddress, count: Int, process: String, loop: EventLoop) {
    self.address = address
    self.loop = loop
    self.count = count
    self.process = process
  }

  deinit { buffer.deallocate() }

  func run(broadcasts: Int) async throws -> String {
    let before = residentBytes()
    // In portions, so that no listening queue overflows.
    for start in stride(from: 0, to: count, by: 500) {
      let end = min(count, start + 500)
      _ = await reaching(end) { [self] in for _ in start..<end { open() } }
    }
    try await loop.sleep(for: .milliseconds(500))
    let memory = Double(residentBytes() - before) / Double(count)
    var times: [Double] = []
    for _ in 0..<broadcasts {
      let began = loop.clock.now
      let last = await reaching(count) { [self] in
        reached = 0
        tell()
      }
      times.append(last.since(began).inSeconds * 1000)
      try await loop.sleep(for: .milliseconds(200))
    }
    times.sort()
    return """
      {"sockets": \(count), "bytes_per_socket": \(memory), "last_delivery_ms_median": \(times[times.count / 2]), \
      "last_delivery_ms_max": \(times[times.count - 1]), "failures": \(ended)}
      """
  }

  /// Waits until so many sockets have got what they wait for; returns when the last did.
  private func reaching(_ number: Int, _ body: @escaping @Sendable () -> Void) async -> LoopInstant {
    await withCheckedContinuation { continuation in
      loop.execute { [self] in
        wanted = number
        waiter = continuation
        body()
        check()
      }
    }
  }

  private func check() {
    guard reached + ended >= wanted, let waiter else { return }
    self.waiter = nil
    waiter.resume(returning: loop.clock.now)
  }

  private func open() {
    let request = Array(
      """
      GET /watch HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
      Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n
      """.utf8)
    guard let socket = try? StreamSocket.connect(to: address),
      (try? loop.register(socket.descriptor, for: .writable, handler: self)) != nil
    else {
      ended += 1
      return
    }
    pending[socket.descriptor] = -1
    self.request = request
  }

  private var request: [UInt8] = []

  /// Asks the server, on a connection of its own, to tell all who watch.
  private func tell() {
    guard let socket = try? StreamSocket.connect(to: address) else { return }
    let head = "POST /broadcast HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 300\r\n\r\n"
    let bytes = Array(head.utf8) + Self.event
    // A loopback connection is there at once, or writable a moment later.
    while bytes.withUnsafeBytes({ socket.send($0) }) == .wouldBlock {}
    teller.map { $0.close() }
    teller = socket
  }

  private var teller: StreamSocket?

  func ready(_ events: ArraySlice<ReadyEvent>) {
    for event in events {
      let socket = StreamSocket(descriptor: event.token.descriptor)
      if event.readiness.contains(.writable), !isUpgraded.contains(socket.descriptor) {
        loop.change(event.token, to: .readable)
        _ = request.withUnsafeBytes { socket.send($0) }
        continue
      }
      switch socket.receive(into: buffer) {
      case .moved(let count): took(count, socket)
      case .wouldBlock: break
      case .ended, .failed:
        ended += 1
        loop.remove(event.token)
      }
    }
    check()
  }

  private func took(_ count: Int, _ socket: StreamSocket) {
    guard isUpgraded.contains(socket.descriptor) else {
      // The handshake's answer comes in one piece.
      isUpgraded.insert(socket.descriptor)
      pending[socket.descriptor] = 0
      reached += 1
      return
    }
    let total = pending[socket.descriptor, default: 0] + count
    reached += total / Self.frameLength
    pending[socket.descriptor] = total % Self.frameLength
  }

  /// Memory of the server that is in use.
  private func residentBytes() -> Int {
    guard let file = fopen("/proc/\(process)/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, 128, file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
  }
}

import EventLoop
import Synchronization
import Testing

@testable import HTTPServer

/// Behaviours 16 to 18: outboxes, slow clients, pings.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct SlowClientTests {
  /// Keeps the sockets that are open, and how those ended that are not.
  private final class Room: WebSocketHandler {
    private let state = Mutex((open: [WebSocket](), endings: [WebSocketClosure]()))

    var open: [WebSocket] { state.withLock { $0.open } }
    var endings: [WebSocketClosure] { state.withLock { $0.endings } }

    func opened(_ socket: WebSocket) async { state.withLock { $0.open.append(socket) } }

    func closed(_ socket: WebSocket, _ closure: WebSocketClosure) async {
      state.withLock {
        $0.open.removeAll { $0 == socket }
        $0.endings.append(closure)
      }
    }
  }

  private func withRoom(
    _ configure: (inout ServerConfiguration) -> Void, _ body: (TestServer, Room) async throws -> Void
  ) async throws {
    let room = Room()
    try await TestServer.run {
      $0.limits.sendBuffer = 8 << 10
      configure(&$0)
    } routes: { router in
      router.on(.get, "/ws") { _ in .webSocket(compression: false, room) }
    } _: { (test) async throws in
      try await body(test, room)
    }
  }

  @Test("a client that never reads is closed while it is flooded, with a bounded outbox, and others get everything")
  func neverReads() async throws {
    try await withRoom {
      $0.limits.outboxFull = .milliseconds(200)
    } _: { (test, room) async throws in
      let stuck = try await RawWebSocket.open(test, "/ws")
      let reader = try await RawWebSocket.open(test, "/ws")
      try await eventually { room.open.count == 2 }
      let victim = room.open[0]
      let payload = WebSocketPayload.text([UInt8](repeating: 65, count: 4096))
      let flooding = Task {
        while !Task.isCancelled, room.endings.isEmpty {
          for _ in 0..<64 {
            victim.outbox.offer(payload)
            #expect(victim.outbox.count <= 256 && victim.outbox.byteCount <= 1 << 20)
          }
          await Task.yield()
        }
      }
      for number in 0..<100 {
        try await eventually { room.open.last?.send("\(number)") == .queued }
        #expect(try await reader.frame().text == "\(number)")
      }
      try await eventually { !room.endings.isEmpty }
      await flooding.value
      #expect(room.endings.first?.code == .tryAgainLater)
      #expect(test.server.metrics.slowClients.value == 1)
      #expect(test.server.metrics.framesDropped.value > 0)
      #expect(room.open.count == 1)
      _ = stuck
    }
  }

  @Test("a client that takes nothing of what it is owed is closed, though its outbox is not full")
  func takesNothing() async throws {
    try await withRoom {
      $0.limits.writeStall = .milliseconds(50)
    } _: { (test, room) async throws in
      let stuck = try await RawWebSocket.open(test, "/ws")
      try await eventually { room.open.count == 1 }
      // More than both kernels' buffers hold, in few frames.
      for _ in 0..<8 { room.open[0].send(.binary([UInt8](repeating: 0, count: 900_000))) }
      try await eventually { test.server.metrics.slowClients.value == 1 }
      try await eventually { !room.endings.isEmpty }
      _ = stuck
    }
  }

  @Test("an HTTP client that takes nothing of its answer is cut")
  func httpClientTakesNothing() async throws {
    try await TestServer.run {
      $0.limits.writeStall = .milliseconds(50)
      $0.limits.sendBuffer = 8 << 10
    } routes: { router in
      router.on(.get, "/large") { _ in .bytes([UInt8](repeating: 0, count: 32 << 20), type: "text/plain") }
    } _: { (test) async throws in
      let stuck = try await test.connect()
      try await stuck.send(request("GET", "/large"))
      try await eventually { test.server.metrics.timeouts.value == 1 }
      try await eventually { await test.server.openConnections == 0 }
    }
  }

  @Test("a peer that answers nothing is gone after the time for silence, one that answers stays")
  func deadPeer() async throws {
    try await withRoom {
      $0.limits.pingInterval = .milliseconds(20)
      // Long enough that the living one is heard however busy the machine is.
      $0.limits.silence = .seconds(4)
    } _: { (test, room) async throws in
      let dead = try await RawWebSocket.open(test, "/ws")
      let alive = try await RawWebSocket.open(test, "/ws")
      try await eventually { room.open.count == 2 }
      let answering = Task { [socket = alive.client.socket] in
        // Whatever it is, it is a sign of life; the pongs are tested below.
        while !Task.isCancelled {
          try await socket.send(RawWebSocket.encode(10, []))
          try await Task.sleep(for: .milliseconds(5))
        }
      }
      try await eventually { test.server.metrics.deadPeers.value == 1 }
      answering.cancel()
      _ = await answering.result
      // The handler hears of it after it was counted.
      try await eventually { room.endings.map(\.code) == [.abnormal] }
      #expect(room.open.count == 1)
      _ = dead
    }
  }

  @Test("the round trip of a ping is measured, and a pong that answers none is not")
  func roundTrip() async throws {
    try await withRoom {
      $0.limits.pingInterval = .milliseconds(100)
    } _: { (test, _) async throws in
      let socket = try await RawWebSocket.open(test, "/ws")
      let ping = try await socket.frame()
      #expect(ping.opcode == 9)
      for payload in [[], [1], [UInt8](repeating: 0xFF, count: 8), [UInt8](repeating: 0, count: 125)] {
        try await socket.send(10, payload)
      }
      #expect(test.server.metrics.pingRoundTrip.snapshot().count == 0)
      // The latest ping's pong counts; on a busy machine the next one may have gone out meanwhile.
      var latest = ping
      while test.server.metrics.pingRoundTrip.snapshot().count == 0 {
        try await socket.send(10, latest.payload)
        latest = try await socket.frame()
      }
      #expect(test.server.metrics.pingRoundTrip.snapshot().maximum < .seconds(60))
    }
  }

  @Test("a flood of pings from a client that does not read fills no outbox")
  func pingFlood() async throws {
    try await withRoom { _ in
    } _: { (test, room) async throws in
      let socket = try await RawWebSocket.open(test, "/ws")
      try await eventually { room.open.count == 1 }
      let pings = Array(repeatElement(RawWebSocket.encode(9, [UInt8](repeating: 1, count: 100)), count: 1000).joined())
      let flooding = Task { [raw = socket.client.socket] in for _ in 0..<20 { try await raw.send(pings) } }
      _ = await flooding.result
      #expect(room.open.first.map { $0.outbox.count <= Outbox.pongLimit } ?? true)
      _ = test
    }
  }
}

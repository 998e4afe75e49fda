import EventLoop
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// Sends every message back.
struct EchoHandler: WebSocketHandler {
  func received(_ message: WebSocketMessage, from socket: WebSocket) async { socket.send(message) }
}

/// Behaviours 14 and 15: the clauses of RFC 6455, as Autobahn's cases 1 to 7 ask for them.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct WebSocketTests {
  private func withEcho(_ body: (TestServer, RawWebSocket) async throws -> Void) async throws {
    try await TestServer.run {
      $0.limits.message = 1 << 20
    } routes: { router in
      router.on(.get, "/ws") { _ in
        .webSocket(limits: WebSocketLimits(outbox: OutboxLimits(frames: 10_000, bytes: 64 << 20)), EchoHandler())
      }
    } _: { (test) async throws in
      try await body(test, try await RawWebSocket.open(test, "/ws"))
    }
  }

  @Test("the handshake answers the RFC's own example")
  func handshake() async throws {
    try await withEcho { (_, socket) async throws in
      #expect(socket.headers["sec-websocket-accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
      #expect(socket.headers["upgrade"] == "websocket")
      #expect(socket.headers["sec-websocket-extensions"] == nil)
    }
  }

  @Test(
    "what is no proper handshake is refused",
    arguments: [
      (
        426, "GET", ["Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
      ),
      (426, "GET", ["Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]),
      (
        426, "GET",
        [
          "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 8",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
      ),
      (426, "GET", ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]),
      (400, "GET", ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"]),
      (
        400, "GET",
        ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: short"]
      ),
      (
        400, "GET",
        [
          "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZTIyMg==",
        ]
      ),
      (
        400, "GET",
        [
          "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Content-Length: 3",
        ]
      ),
      (
        405, "POST",
        [
          "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        ]
      ),
    ])
  func badHandshake(status: Int, method: String, lines: [String]) async throws {
    try await withEcho { (test, _) async throws in
      #expect(try await test.ask(request(method, "/ws", lines) + "abc").status == status)
    }
  }

  @Test("the first subprotocol of the client's that the handler speaks is chosen")
  func subprotocols() async throws {
    try await TestServer.run(routes: { router in
      router.on(.get, "/ws") { _ in .webSocket(subprotocols: ["b.v1", "a.v1"], Silent()) }
    }) { (test) async throws in
      let chosen = try await RawWebSocket.open(test, "/ws", "Sec-WebSocket-Protocol: x, a.v1, b.v1")
      #expect(chosen.headers["sec-websocket-protocol"] == "a.v1")
      let none = try await RawWebSocket.open(test, "/ws", "Sec-WebSocket-Protocol: x")
      #expect(none.headers["sec-websocket-protocol"] == nil)
    }
  }

  @Test("messages of every length come back", arguments: [0, 1, 125, 126, 127, 128, 65_535, 65_536, 1 << 20])
  func lengths(length: Int) async throws {
    try await withEcho { (_, socket) async throws in
      let payload = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      try await socket.send(2, payload)
      let echo = try await socket.frame()
      #expect(echo.opcode == 2 && echo.isFinal && !echo.isCompressed)
      #expect(echo.payload == payload)
    }
  }

  @Test("frames cut at any place are understood", arguments: 1...10 as ClosedRange<UInt64>)
  func cuts(seed: UInt64) async throws {
    try await withEcho { (_, socket) async throws in
      var random = SeededGenerator(seed)
      var input: [UInt8] = []
      var expected: [[UInt8]] = []
      for _ in 0..<30 {
        let message = (0..<random.below(300)).map { _ in UInt8(random.below(128)) }
        expected.append(message)
        // In one to four fragments, with pings between them.
        let cuts = (0..<random.below(4)).map { _ in random.below(message.count + 1) }.sorted() + [message.count]
        var start = 0
        for (index, end) in cuts.enumerated() {
          input += RawWebSocket.encode(
            index == 0 ? 1 : 0, Array(message[start..<end]), isFinal: index == cuts.count - 1)
          if random.below(3) == 0 { input += RawWebSocket.encode(10, []) }
          start = end
        }
      }
      for piece in Pieces.cut(input, seed: seed, longest: 200) { try await socket.client.send(piece) }
      for message in expected { #expect(try await socket.frame().payload == message) }
    }
  }

  @Test("a ping is answered with its payload, also within a fragmented message")
  func pings() async throws {
    try await withEcho { (_, socket) async throws in
      for payload in [[], [1, 2, 3], [UInt8](repeating: 0xFE, count: 125)] {
        try await socket.send(9, payload)
        let pong = try await socket.frame()
        #expect(pong.opcode == 10)
        #expect(pong.payload == payload)
      }
      try await socket.send(1, Array("frag".utf8), isFinal: false)
      try await socket.send(9, Array("between".utf8))
      #expect(try await socket.frame().text == "between")
      try await socket.send(0, Array("mented".utf8))
      #expect(try await socket.frame().text == "fragmented")
    }
  }

  @Test("pings that come together are each answered, in order")
  func pingsAtOnce() async throws {
    try await withEcho { (_, socket) async throws in
      let payloads = (0..<10).map { Array("payload-\($0)".utf8) }
      try await socket.client.send(payloads.flatMap { RawWebSocket.encode(9, $0) })
      for payload in payloads {
        let pong = try await socket.frame()
        #expect(pong.opcode == 10)
        #expect(pong.payload == payload)
      }
    }
  }

  /// An input that ends a WebSocket with a code; told by its first bytes only.
  struct Breach: CustomTestStringConvertible {
    let code: Int
    let input: [UInt8]

    init(_ code: Int, _ input: [UInt8]) {
      self.code = code
      self.input = input
    }

    var testDescription: String { "\(code): \(input.prefix(16)) of \(input.count)" }
  }

  static let breaches = [
    // Reserved bits and opcodes (5.2).
    Breach(1002, RawWebSocket.encode(1, [65], reserved: 1)), Breach(1002, RawWebSocket.encode(1, [65], reserved: 2)),
    Breach(1002, RawWebSocket.encode(1, [65], reserved: 4)), Breach(1002, RawWebSocket.encode(9, [], reserved: 7)),
    Breach(1002, RawWebSocket.encode(3, [])), Breach(1002, RawWebSocket.encode(7, [])),
    Breach(1002, RawWebSocket.encode(11, [])),
    Breach(1002, RawWebSocket.encode(15, [])),
    // Without a mask (5.1).
    Breach(1002, RawWebSocket.encode(1, [65], isMasked: false)),
    Breach(1002, RawWebSocket.encode(9, [], isMasked: false)),
    // Control frames (5.5).
    Breach(1002, RawWebSocket.encode(9, [UInt8](repeating: 0, count: 126))),
    Breach(1002, RawWebSocket.encode(9, [], isFinal: false)),
    Breach(1002, RawWebSocket.encode(8, [], isFinal: false)),
    Breach(1002, RawWebSocket.encode(10, [UInt8](repeating: 0, count: 70_000))),
    // Fragments (5.4).
    Breach(1002, RawWebSocket.encode(0, [65])), Breach(1002, RawWebSocket.encode(0, [65], isFinal: false)),
    Breach(1002, RawWebSocket.encode(1, [65], isFinal: false) + RawWebSocket.encode(1, [66])),
    Breach(1002, RawWebSocket.encode(2, [65], isFinal: false) + RawWebSocket.encode(2, [66], isFinal: false)),
    // Lengths that are not minimal, or have their highest bit set (5.2).
    Breach(1002, [0x81, 0xFE, 0, 1, 0, 0, 0, 0, 65]),
    Breach(1002, [0x81, 0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 65]),
    Breach(1002, [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0]),
    // Text that is not UTF-8 (8.1): overlong, surrogate, too large, cut, in fragments.
    Breach(1007, RawWebSocket.encode(1, [0xC0, 0xAF])), Breach(1007, RawWebSocket.encode(1, [0xED, 0xA0, 0x80])),
    Breach(1007, RawWebSocket.encode(1, [0xF4, 0x90, 0x80, 0x80])), Breach(1007, RawWebSocket.encode(1, [0xCE])),
    Breach(1007, RawWebSocket.encode(1, [0xFF])), Breach(1007, RawWebSocket.encode(1, [0xE0, 0x80, 0x80])),
    Breach(1007, RawWebSocket.encode(1, [0xCE], isFinal: false) + RawWebSocket.encode(0, [0x41])),
    Breach(1007, RawWebSocket.encode(1, [0x41, 0xF8], isFinal: false)),
    // Close frames (5.5.1, 7.4).
    Breach(1002, RawWebSocket.encode(8, [3])), Breach(1002, RawWebSocket.encode(8, [0x03, 0xE7])),
    Breach(1002, RawWebSocket.encode(8, [0x03, 0xEC])),
    Breach(1002, RawWebSocket.encode(8, [0x03, 0xED])), Breach(1002, RawWebSocket.encode(8, [0x03, 0xEE])),
    Breach(1002, RawWebSocket.encode(8, [0x03, 0xF7])), Breach(1002, RawWebSocket.encode(8, [0x0B, 0xB7])),
    Breach(1002, RawWebSocket.encode(8, [0x13, 0x88])), Breach(1002, RawWebSocket.encode(8, [0xFF, 0xFF])),
    Breach(1007, RawWebSocket.encode(8, [0x03, 0xE8, 0xC0])),
    // Over the cap (of a message, not of a frame).
    Breach(1009, RawWebSocket.encode(2, [UInt8](repeating: 0, count: (1 << 20) + 1))),
    Breach(
      1009,
      RawWebSocket.encode(2, [UInt8](repeating: 0, count: 1 << 20), isFinal: false)
        + RawWebSocket.encode(0, [0])),
    Breach(1009, [0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]),
  ]

  @Test("breaches of the protocol are answered with their code, and the connection ends", arguments: breaches)
  func breach(_ breach: Breach) async throws {
    try await withEcho { (test, socket) async throws in
      try await socket.send(text: "before")
      #expect(try await socket.frame().text == "before")
      // A part of it may meet a closed connection.
      _ = try? await socket.client.send(breach.input + RawWebSocket.encode(1, Array("after".utf8)))
      let close = try await socket.frame()
      #expect(close.opcode == 8)
      #expect(close.closeCode == breach.code)
      #expect(try await socket.client.rest().isEmpty)
      try await eventually { await test.server.openConnections == 0 }
    }
  }

  @Test("text that is UTF-8 comes back, wherever its characters are cut")
  func text() async throws {
    try await withEcho { (_, socket) async throws in
      let text = "κόσμε \u{D7FF}\u{E000}\u{FFFF}\u{10FFFF} \u{0} 𝄞"
      let bytes = Array(text.utf8)
      for cut in 0...bytes.count {
        try await socket.send(1, Array(bytes[..<cut]), isFinal: false)
        try await socket.send(0, Array(bytes[cut...]))
        #expect(try await socket.frame().payload == bytes)
      }
    }
  }

  @Test(
    "a close is answered with its code, and the connection ends",
    arguments: [
      1000, 1001, 1003, 1007, 1011, 1014, 3000, 3999, 4000, 4999,
    ])
  func closing(code: Int) async throws {
    try await withEcho { (test, socket) async throws in
      try await socket.send(8, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array("bye".utf8))
      let close = try await socket.frame()
      #expect(close.opcode == 8 && close.closeCode == code)
      #expect(try await socket.client.isClosed())
      try await eventually { await test.server.openConnections == 0 }
    }
  }

  @Test("a close without a code is answered without one, and what comes after it is ignored")
  func emptyClose() async throws {
    try await withEcho { (_, socket) async throws in
      try await socket.client.send(
        RawWebSocket.encode(8, []) + RawWebSocket.encode(1, [65]) + RawWebSocket.encode(9, []))
      #expect(
        try await socket.frame() == RawWebSocket.Frame(opcode: 8, isFinal: true, isCompressed: false, payload: []))
      #expect(try await socket.client.rest().isEmpty)
    }
  }

  @Test("a server that closes waits for the answer, and not for ever", arguments: [true, false])
  func serverCloses(answers: Bool) async throws {
    let log = Mutex<[WebSocketClosure]>([])
    struct Closer: WebSocketHandler {
      let told: @Sendable (WebSocketClosure) -> Void
      func opened(_ socket: WebSocket) async {
        socket.send("first")
        socket.close(4001, reason: "enough")
        #expect(socket.send("never") == .closed)
      }
      func closed(_ socket: WebSocket, _ closure: WebSocketClosure) async { told(closure) }
    }
    try await TestServer.run {
      $0.limits.closeHandshake = .milliseconds(30)
    } routes: { router in
      router.on(.get, "/ws") { _ in .webSocket(Closer { closure in log.withLock { $0.append(closure) } }) }
    } _: { (test) async throws in
      let socket = try await RawWebSocket.open(test, "/ws")
      #expect(try await socket.frame().text == "first")
      let close = try await socket.frame()
      #expect(close.closeCode == 4001)
      #expect(String(decoding: close.payload.dropFirst(2), as: UTF8.self) == "enough")
      if answers { try await socket.send(8, close.payload) }
      #expect(try await socket.client.isClosed())
      try await eventually { !log.withLock { $0.isEmpty } }
      #expect(
        log.withLock { $0 }
          == [
            answers
              ? WebSocketClosure(code: 4001, reason: "enough", isClean: true)
              : WebSocketClosure(code: .abnormal, reason: "", isClean: false)
          ])
    }
  }

  @Test("a handler's calls come one at a time and in order, though it waits within them")
  func order() async throws {
    struct Slow: WebSocketHandler {
      let add: @Sendable (String) -> Void
      func opened(_ socket: WebSocket) async {
        for _ in 0..<50 { await Task.yield() }
        add("opened")
      }
      func received(_ message: WebSocketMessage, from socket: WebSocket) async {
        add("begin \(message.text ?? "")")
        for _ in 0..<20 { await Task.yield() }
        add("end \(message.text ?? "")")
      }
      func closed(_ socket: WebSocket, _ closure: WebSocketClosure) async { add("closed") }
    }
    let log = Mutex<[String]>([])
    try await TestServer.run(routes: { router in
      router.on(.get, "/ws") { _ in .webSocket(Slow { line in log.withLock { $0.append(line) } }) }
    }) { (test) async throws in
      let socket = try await RawWebSocket.open(test, "/ws")
      try await socket.client.send(
        RawWebSocket.encode(1, Array("1".utf8)) + RawWebSocket.encode(1, Array("2".utf8))
          + RawWebSocket.encode(1, Array("3".utf8)))
      try await eventually { log.withLock { $0.contains("begin 3") } }
      socket.client.socket.close()
      try await eventually { log.withLock { $0.last == "closed" } }
      #expect(
        log.withLock { $0 } == [
          "opened", "begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3", "closed",
        ])
    }
  }

  @Test("random bytes after the handshake never harm the server", arguments: 1...20 as ClosedRange<UInt64>)
  func fuzz(seed: UInt64) async throws {
    try await withEcho { (test, _) async throws in
      var random = SeededGenerator(seed)
      for _ in 0..<10 {
        let socket = try await RawWebSocket.open(test, "/ws")
        var bytes = (0..<200).map { _ in UInt8(random.below(256)) }
        // Most begin like a frame, to come further.
        if random.below(4) > 0 {
          bytes = RawWebSocket.encode(UInt8(random.below(3)), bytes, isFinal: random.below(2) == 0) + bytes
        }
        _ = try? await socket.client.send(bytes)
        socket.client.socket.finishSending()
        _ = try? await socket.client.rest()
      }
      #expect(try await test.get("/hello").text == "hello")
    }
  }
}

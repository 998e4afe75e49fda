import EventLoop
@testable import HTTPServer
import Synchronization
import TestSupport
import Testing

/// permessage-deflate (RFC 7692), as Autobahn's cases 12 and 13 ask for it.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct CompressionTests {
  private func withEcho(
    offer: String, limit: Int = 1 << 20, _ body: (TestServer, RawWebSocket) async throws -> Void
  ) async throws {
    try await TestServer.run {
      $0.limits.message = limit
    } routes: { router in
      router.on(.get, "/ws") { _ in
        .webSocket(limits: WebSocketLimits(outbox: OutboxLimits(frames: 10_000, bytes: 64 << 20)), EchoHandler())
      }
    } _: { (test) async throws in
      try await body(test, try await RawWebSocket.open(test, "/ws", "Sec-WebSocket-Extensions: \(offer)"))
    }
  }

  @Test(
    "an offer is answered with what both can do, or not at all",
    arguments: [
      ("permessage-deflate", ""), ("permessage-deflate; client_max_window_bits", ""),
      ("permessage-deflate; client_max_window_bits=10", ""), ("permessage-deflate; server_no_context_takeover", ""),
      ("permessage-deflate; server_max_window_bits=9", "; server_max_window_bits=9"),
      ("permessage-deflate; server_max_window_bits=\"12\"", "; server_max_window_bits=12"),
      ("permessage-deflate; server_max_window_bits=8", nil), ("permessage-deflate; server_max_window_bits=16", nil),
      ("permessage-deflate; server_max_window_bits=010", nil), ("permessage-deflate; server_max_window_bits", nil),
      ("permessage-deflate; unknown", nil), ("permessage-deflate; server_no_context_takeover=1", nil),
      ("permessage-deflate; client_no_context_takeover; client_no_context_takeover", nil),
      ("permessage-deflate; server_max_window_bits=8, permessage-deflate", ""), ("x-webkit-deflate-frame", nil),
      ("permessage-deflate;", nil), ("other, permessage-deflate", ""),
    ] as [(String, String?)])
  func negotiation(offer: String, answer: String?) async throws {
    try await withEcho(offer: offer) { (_, socket) async throws in
      let base = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
      #expect(socket.headers["sec-websocket-extensions"] == answer.map { base + $0 })
    }
  }

  @Test("messages go both ways compressed, whatever the window", arguments: [9, 10, 12, 15])
  func roundTrip(windowBits: Int) async throws {
    try await withEcho(offer: "permessage-deflate; server_max_window_bits=\(windowBits)") { (_, socket) async throws in
      let inflater = try MessageInflater(windowBits: windowBits, keepsContext: false)
      for length in [0, 5, 127, 128, 1000, 40_000, 500_000] {
        let message = (0..<length).map { UInt8(truncatingIfNeeded: ($0 / 3) % 50 + 40) }
        let deflated = try #require(message.withUnsafeBytes { MessageDeflater.deflate($0, windowBits: 15) })
        try await socket.send(1, deflated, reserved: 4)
        let echo = try await socket.frame()
        #expect(echo.isCompressed == (length >= 128 && length <= 64 << 10))
        #expect(
          echo.isCompressed ? try inflater.inflate(echo.payload, limit: 1 << 20) == message : echo.payload == message)
      }
    }
  }

  @Test("a compressed message may come in fragments; only the first says that it is compressed")
  func fragments() async throws {
    try await withEcho(offer: "permessage-deflate") { (_, socket) async throws in
      let message = Array("hello, hello, hello".utf8)
      let deflated = try #require(message.withUnsafeBytes { MessageDeflater.deflate($0, windowBits: 15) })
      try await socket.send(1, Array(deflated[..<3]), isFinal: false, reserved: 4)
      try await socket.send(9, [1])
      try await socket.send(0, Array(deflated[3...]))
      #expect(try await socket.frame().opcode == 10)
      #expect(try await socket.frame().payload == message)
      try await socket.send(1, Array(deflated[..<3]), isFinal: false, reserved: 4)
      try await socket.send(0, Array(deflated[3...]), reserved: 4)
      #expect(try await socket.frame().closeCode == 1002)
    }
  }

  @Test(
    "the RFC's examples are inflated",
    arguments: [
      // 7.2.3.1 one block; 7.2.3.3 a block without compression; 7.2.3.4 a final block; 7.2.3.5 two blocks.
      [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
      [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
      [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
    ] as [[UInt8]])
  func examples(payload: [UInt8]) async throws {
    try await withEcho(offer: "permessage-deflate") { (_, socket) async throws in
      for _ in 0..<2 {
        try await socket.send(1, payload, reserved: 4)
        #expect(try await socket.frame().text == "Hello")
      }
    }
  }

  @Test("the cap is on what a message inflates to, and a bomb is never inflated beyond it")
  func bomb() async throws {
    try await withEcho(offer: "permessage-deflate", limit: 100_000) { (test, socket) async throws in
      let large = [UInt8](repeating: 0, count: 100_000)
      let just = try #require(large.withUnsafeBytes { MessageDeflater.deflate($0, windowBits: 15) })
      try await socket.send(2, just, reserved: 4)
      #expect(try await socket.frame().payload.count <= 100_000)
      let zeros = [UInt8](repeating: 0, count: 50 << 20)
      let bomb = try #require(zeros.withUnsafeBytes { MessageDeflater.deflate($0, windowBits: 15) })
      #expect(bomb.count < 100_000)
      try await socket.send(2, bomb, reserved: 4)
      #expect(try await socket.frame().closeCode == 1009)
      #expect(test.server.metrics.messagesReceived.value == 1)
    }
  }

  @Test(
    "what is no deflate stream, and text that is not UTF-8 once inflated, end with 1007",
    arguments: [
      [0xFF, 0xFF, 0xFF, 0xFF], [0x00, 0x05, 0x00, 0x00, 0x00, 0x48],
    ] as [[UInt8]])
  func broken(payload: [UInt8]) async throws {
    try await withEcho(offer: "permessage-deflate") { (_, socket) async throws in
      try await socket.send(1, payload, reserved: 4)
      #expect(try await socket.frame().closeCode == 1007)
    }
    try await withEcho(offer: "permessage-deflate") { (_, socket) async throws in
      let bad = try #require([0xC3, 0x28].withUnsafeBytes { MessageDeflater.deflate($0, windowBits: 15) })
      try await socket.send(1, bad, reserved: 4)
      #expect(try await socket.frame().closeCode == 1007)
    }
  }

  @Test("random compressed bytes never harm the server", arguments: 1...10 as ClosedRange<UInt64>)
  func fuzz(seed: UInt64) async throws {
    try await withEcho(offer: "permessage-deflate") { (test, _) async throws in
      var random = SeededGenerator(seed)
      for _ in 0..<20 {
        let socket = try await RawWebSocket.open(test, "/ws", "Sec-WebSocket-Extensions: permessage-deflate")
        try await socket.send(2, (0..<random.below(400)).map { _ in UInt8(random.below(256)) }, reserved: 4)
        _ = try await socket.frame()
      }
      #expect(try await test.get("/hello").text == "hello")
    }
  }

  @Test("a broadcast is framed once and compressed once per window, and small messages not at all")
  func sharedPayload() throws {
    let payload = WebSocketPayload.text([UInt8](repeating: 65, count: 1000))
    let plain = payload.frame(windowBits: nil)
    let deflated = payload.frame(windowBits: 15)
    #expect(payload.frame(windowBits: 15) === deflated)
    #expect(payload.frame(windowBits: nil) === plain)
    #expect(payload.frame(windowBits: 10) !== deflated)
    #expect(deflated.count < 100 && plain.count == 1004)
    let small = WebSocketPayload.text([UInt8](repeating: 65, count: 100))
    #expect(small.frame(windowBits: 15) === small.frame(windowBits: nil))
    // Large ones are compressed only where their sender did it, off the loop.
    let large = WebSocketPayload.text([UInt8](repeating: 65, count: 100_000))
    #expect(large.frame(windowBits: 15) === large.frame(windowBits: nil))
    large.compress()
    #expect(large.frame(windowBits: 15).count < 1000)
  }
}

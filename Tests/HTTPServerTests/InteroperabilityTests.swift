import EventLoop
import Foundation
import HTTPServer
import Testing

/// Against an implementation that is not ours: the Python package `websockets` as the other end.
@Suite(
  "WebSockets with another implementation", .serialized, .timeLimit(.minutes(10)),
  .enabled(if: WebSocketPeer.python != nil, "script/bootstrap installs the Python package websockets"))
struct InteroperabilityTests {
  @Test("its client and our server agree on messages, fragments, compression, pings, closes and what is refused")
  func server() async throws {
    try await TestServer.run {
      $0.limits.message = 1 << 20
    } routes: { router in
      // What is sent back at once must fit.
      let outbox = OutboxLimits(frames: 256, bytes: 8 << 20)
      router.on(.get, "/") { _ in .webSocket(limits: WebSocketLimits(outbox: outbox), EchoHandler()) }
    } _: { (test) async throws in
      let peer = try WebSocketPeer("client", "ws://\(test.address)/")
      var cases = 0
      while let line = await peer.line() {
        #expect(line.hasSuffix(": ok"), "\(line)")
        cases += 1
      }
      #expect(await peer.status() == 0)
      #expect(cases > 80)
    }
  }

  @Test("our client and its server agree, too", arguments: ["plain", "deflate"])
  func client(compression: String) async throws {
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let peer = try WebSocketPeer("server", compression)
    let port = try #require(await peer.line())
    let client = HTTPClient(try SocketAddress(parsing: "127.0.0.1:\(port)"), loop: loop)

    let first = try await client.webSocket("/")
    for length in [0, 1, 125, 126, 65_535, 65_536, 900_000] {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      try await first.send(.binary(bytes))
      #expect(try await first.next() == .binary(bytes))
      let text = Array(repeating: "Zürich 🙂 ", count: length / 12).joined()
      try await first.send(text)
      #expect(try await first.next()?.text == text)
    }
    try await first.send("fragments")
    #expect(try await first.next()?.text == "fragments")
    try await first.send("ping")
    #expect(try await first.next()?.text == "pong came")
    try await first.ping()
    try await first.close(.normal, reason: "done")
    #expect(try await first.next() == nil)
    #expect(await peer.line() == "closed 1000")

    let second = try await client.webSocket("/")
    try await second.send("close")
    #expect(try await second.next() == nil)
    let closure = try #require(await second.closure)
    #expect(closure.code.rawValue == 4001 && closure.reason == "as you wish" && closure.isClean)

    let third = try await client.webSocket("/")
    try await third.send("broken")
    await #expect(throws: WebSocketFailure.self) { try await third.next() }
    #expect(await peer.line() == "closed 1007")
    peer.end()
  }
}

/// `Tests/Interoperability/websocket_peer.py` as a process.
private final class WebSocketPeer: @unchecked Sendable {
  // Proof of Sendable: all is set by init; Foundation's Process and pipes take calls from any thread.
  private let process = Process()
  private let input = Pipe()
  private let lines: AsyncStream<String>
  private let ends: AsyncStream<Int32>

  init(_ arguments: String...) throws {
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: Self.python ?? "")
    let script = Self.checkout.appendingPathComponent("Tests/Interoperability/websocket_peer.py")
    process.arguments = [script.path] + arguments
    process.standardInput = input
    process.standardOutput = output
    let (ends, ended) = AsyncStream<Int32>.makeStream()
    self.ends = ends
    process.terminationHandler = { process in
      ended.yield(process.terminationStatus)
      ended.finish()
    }
    let (lines, told) = AsyncStream<String>.makeStream()
    self.lines = lines
    let handle = output.fileHandleForReading
    try process.run()
    // Ends with the process, whose output it reads.
    Thread.detachNewThread {
      var rest = Data()
      while case let piece = handle.availableData, !piece.isEmpty {
        rest += piece
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
          told.yield(String(decoding: rest[..<end], as: UTF8.self))
          rest = Data(rest[(end + 1)...])
        }
      }
      told.finish()
    }
  }

  deinit { if process.isRunning { process.terminate() } }

  /// The next line; nil at the end.
  func line() async -> String? {
    for await line in lines { return line }
    return nil
  }

  func status() async -> Int32? {
    for await status in ends { return status }
    return nil
  }

  /// The server ends with its input.
  func end() { try? input.fileHandleForWriting.close() }

  private static let checkout = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized

  /// `$SHEAF_TEST_PYTHON`, or the checkout's `.venv`; nil where it has no `websockets`.
  static let python: String? = {
    let named = ProcessInfo.processInfo.environment["SHEAF_TEST_PYTHON"]
    let path = named ?? checkout.appendingPathComponent(".venv/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-c", "import websockets.asyncio.server"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? path : nil
  }()
}

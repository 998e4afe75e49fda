import EventLoop
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// The client, against the server and against what no server should say.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct ClientTests {
  @Test(
    "requests are answered over TCP and Unix sockets, one after the other on one connection", arguments: [true, false])
  func requests(isUnix: Bool) async throws {
    let folder = try TemporaryFolder()
    try await TestServer.run(on: isUnix ? .unix(path: folder.path + "/s") : .ip(.loopback, port: 0)) {
      (test) async throws in
      let client = HTTPClient(test.address, loop: test.loop)
      for _ in 0..<5 {
        let response = try await client.send(ClientRequest(.get, "/hello"))
        #expect(response.status == .ok)
        #expect(try await response.body.collect(upTo: 100) == Array("hello".utf8))
        // The connection is given back when the body has been read.
        await Task.yield()
      }
      #expect(test.server.metrics.accepted.value <= 5)
      let missing = try await client.send(ClientRequest(.get, "/missing"))
      #expect(missing.status == .notFound)
      #expect(missing.headers["Content-Type"] == "application/problem+json")
      let head = try await client.send(ClientRequest(.head, "/hello"))
      #expect(head.headers["Content-Length"] == "5")
      #expect(try await head.body.next() == nil)
    }
  }

  @Test("a body goes up whole or in pieces, and comes back as it comes", arguments: ["bytes", "counted", "chunked"])
  func uploads(kind: String) async throws {
    try await TestServer.run { (test) async throws in
      let client = HTTPClient(test.address, loop: test.loop)
      let size = 3 << 20
      let pieces = Mutex(size >> 16)
      let next: @Sendable () async throws -> [UInt8]? = {
        pieces.withLock { left in
          guard left > 0 else { return nil }
          left -= 1
          return [UInt8](repeating: UInt8(truncatingIfNeeded: left), count: 1 << 16)
        }
      }
      let body: ClientBody =
        switch kind {
        case "bytes": .bytes([UInt8](repeating: 1, count: size))
        case "counted": .stream(length: Int64(size), next)
        default: .stream(length: nil, next)
        }
      let response = try await client.send(ClientRequest(.post, "/echo", body: body))
      #expect(response.status == .ok)
      var count = 0
      for try await piece in response.body { count += piece.count }
      #expect(count == size)
    }
  }

  @Test("a refusal is seen though the body is still going up")
  func earlyRefusal() async throws {
    try await TestServer.run {
      $0.limits.body = 1000
    } _: { (test) async throws in
      let client = HTTPClient(test.address, loop: test.loop)
      let endless: ClientBody = .stream(length: 1 << 40) { [UInt8](repeating: 0, count: 1 << 16) }
      #expect(try await client.send(ClientRequest(.post, "/count", body: endless)).status == .contentTooLarge)
      #expect(try await client.send(ClientRequest(.get, "/hello")).status == .ok)
    }
  }

  @Test("a body that cannot be had ends the request at once with its own error, however much of it was sent")
  func brokenBody() async throws {
    struct Broken: Error {}
    try await TestServer.run { (test) async throws in
      let client = HTTPClient(test.address, loop: test.loop)
      for (length, pieces) in [(1_000_000, 0), (1_000_000, 3), (nil, 3)] as [(Int64?, Int)] {
        let sent = Mutex(0)
        await #expect(throws: Broken.self) {
          let body: ClientBody = .stream(length: length) {
            guard
              sent.withLock({
                $0 += 1; return $0
              }) <= pieces
            else { throw Broken() }
            return [UInt8](repeating: 1, count: 1_000)
          }
          _ = try await client.send(ClientRequest(.post, "/count", body: body))
        }
      }
      #expect(try await client.send(ClientRequest(.get, "/hello")).status == .ok)
    }
  }

  @Test("a kept connection that the server has closed is replaced")
  func reconnects() async throws {
    try await TestServer.run {
      $0.limits.idleTime = .milliseconds(10)
    } _: { (test) async throws in
      let client = HTTPClient(test.address, loop: test.loop)
      for _ in 0..<3 {
        let response = try await client.send(ClientRequest(.get, "/hello"))
        #expect(try await response.body.collect(upTo: 10).count == 5)
        try await eventually { await test.server.openConnections == 0 }
      }
    }
  }

  @Test("server-sent events arrive one by one, and a client that cancels ends them")
  func events() async throws {
    let ended = Gate()
    try await TestServer.run(routes: { router in
      router.on(.get, "/events") { _ in
        .stream(type: "text/event-stream") { writer in
          defer { ended.open() }
          var number = 0
          while true {
            number += 1
            try await writer.write("id: \(number)\ndata: x\n\n")
            try await Task.sleep(for: .milliseconds(1))
          }
        }
      }
    }) { (test) async throws in
      do {
        let client = HTTPClient(test.address, loop: test.loop)
        let response = try await client.send(ClientRequest(.get, "/events"))
        var text = ""
        while !text.contains("id: 5\n") {
          text += String(decoding: try await response.body.next() ?? [], as: UTF8.self)
        }
        #expect(text.hasPrefix("id: 1\ndata: x\n\nid: 2\n"))
      }
      // With the last reference to the response, the connection closes.
      await ended.wait()
    }
  }

  @Test("a WebSocket of ours talks to the server, compressed and not", arguments: [true, false])
  func webSockets(compression: Bool) async throws {
    try await TestServer.run(routes: { router in
      router.on(.get, "/ws") { _ in .webSocket(subprotocols: ["x.v1"], EchoHandler()) }
    }) { (test) async throws in
      let client = HTTPClient(test.address, loop: test.loop)
      let socket = try await client.webSocket("/ws", subprotocols: ["y.v1", "x.v1"], compression: compression)
      #expect(socket.subprotocol == "x.v1")
      for length in [0, 1, 1000, 100_000] {
        let text = String(repeating: "abc ", count: length)
        try await socket.send(text)
        #expect(try await socket.next() == .text(Array(text.utf8)))
      }
      try await socket.send(.binary([0, 0xFF]))
      #expect(try await socket.next() == .binary([0, 0xFF]))
      try await socket.close(4000, reason: "done")
      #expect(try await socket.next() == nil)
      #expect(await socket.closure == WebSocketClosure(code: 4000, reason: "", isClean: true))
    }
  }

  @Test("pings are answered while messages are awaited")
  func pings() async throws {
    try await TestServer.run {
      $0.limits.pingInterval = .milliseconds(5)
    } routes: { router in
      router.on(.get, "/ws") { _ in .webSocket(EchoHandler()) }
    } _: { (test) async throws in
      let socket = try await HTTPClient(test.address, loop: test.loop).webSocket("/ws")
      let reading = Task { try await socket.next() }
      try await eventually { test.server.metrics.pingRoundTrip.snapshot().count >= 3 }
      try await socket.send("end")
      #expect(try await reading.value == .text(Array("end".utf8)))
    }
  }

  @Test("a path that is no WebSocket is told from one")
  func notUpgraded() async throws {
    try await TestServer.run { (test) async throws in
      let refusal = await #expect(throws: UpgradeRefusal.self) {
        _ = try await HTTPClient(test.address, loop: test.loop).webSocket("/hello")
      }
      #expect(refusal?.response.status == .ok)
      #expect(try await refusal?.response.body.collect(upTo: 100) == Array("hello".utf8), "it says why")
    }
  }

  @Test(
    "what is no HTTP is refused",
    arguments: [
      "", "HTTP/1.1 200", "HTTP/3.0 200 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX : y\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
      "HTTP/1.1 200 OK\r\n\n\n\r\n\r\n",
    ])
  func malformed(answer: String) async throws {
    let loop = try EventLoop.start()
    defer { loop.stop() }
    let listener = try ListeningSocket(.ip(.loopback, port: 0))
    defer { listener.close() }
    let client = HTTPClient(listener.address, loop: loop)
    let asking = Task { try await client.send(ClientRequest(.get, "/")).body.collect(upTo: 1000) }
    var peer: StreamSocket?
    while peer == nil {
      if case .connection(let socket, _) = listener.accept() { peer = socket } else { await Task.yield() }
    }
    let bytes = Array(answer.utf8)
    _ = bytes.withUnsafeBytes { peer?.send($0) }
    peer?.close()
    await #expect(throws: (any Error).self) { try await asking.value }
  }
}

import EventLoop
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// Behaviours 4, 5, 7 and 9: bodies, their limits, and those that nobody reads.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct RequestBodyTests {
  @Test(
    "a chunked body is read to its end, whatever its extensions and trailers",
    arguments: [
      ("5\r\nhello\r\n0\r\n\r\n", "5"), ("5;a=b;c=\"d\"\r\nhello\r\n0\r\n\r\n", "5"), ("0\r\n\r\n", "0"),
      ("00A\r\n0123456789\r\n0\r\nX: y\r\nZ: w\r\n\r\n", "10"), ("1\r\na\r\n1\r\nb\r\n000\r\n\r\n", "2"),
    ])
  func chunked(body: String, count: String) async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("POST", "/count", ["Transfer-Encoding: chunked"]) + body + request("GET", "/hello"))
      #expect(try await client.response().text == count)
      #expect(try await client.response().text == "hello", "the next request begins where the body ends")
    }
  }

  @Test(
    "a broken chunked body is refused, and the connection closed",
    arguments: [
      (400, "x\r\n"), (400, "\r\n"), (400, "5 \r\nhello\r\n0\r\n\r\n"), (400, "5\nhello\r\n0\r\n\r\n"),
      (400, "-5\r\nhello"),
      (400, "5\r\nhelloX\r\n0\r\n\r\n"), (400, "5\r\nhello\n0\r\n\r\n"), (400, "0x5\r\nhello\r\n"),
      (400, "5;\u{0}\r\n"),
      (400, "0\r\n\u{0}: x\r\n\r\n"), (413, "fffffffffffffffff\r\n"), (413, "7fffffffffffffff\r\n"),
    ])
  func brokenChunks(status: Int, body: String) async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("POST", "/count", ["Transfer-Encoding: chunked"]) + body)
      #expect(try await client.response().status == status)
      #expect(try await client.isClosed())
    }
  }

  @Test("extensions and trailers have a bound", arguments: ["5;", "0\r\nX: "])
  func overhead(start: String) async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("POST", "/count", ["Transfer-Encoding: chunked"]) + start)
      try await client.send(String(repeating: "x", count: 20 << 10))
      #expect(try await client.response().status == 400)
    }
  }

  @Test("a body over its limit is refused: of the server, of the route, declared or in chunks")
  func tooLarge() async throws {
    try await TestServer.run {
      $0.limits.body = 1000
    } routes: { router in
      router.on(.post, "/small", bodyLimit: 10) { .text("\(try await $0.body.collect(upTo: 1 << 20).count)") }
      router.on(.post, "/large", bodyLimit: 5000) { .text("\(try await $0.body.collect(upTo: 1 << 20).count)") }
      router.on(.post, "/collect") { .text("\(try await $0.body.collect(upTo: 20).count)") }
    } _: { (test) async throws in
      func status(_ path: String, _ count: Int, chunked: Bool) async throws -> Int {
        let body = String(repeating: "x", count: count)
        let head = chunked ? "Transfer-Encoding: chunked" : "Content-Length: \(count)"
        let sent = chunked ? String(count, radix: 16) + "\r\n" + body + "\r\n0\r\n\r\n" : body
        return try await test.ask(request("POST", path, [head]) + sent).status
      }
      for chunked in [true, false] {
        #expect(try await status("/count", 1000, chunked: chunked) == 200)
        #expect(try await status("/count", 1001, chunked: chunked) == 413)
        #expect(try await status("/small", 10, chunked: chunked) == 200)
        #expect(try await status("/small", 11, chunked: chunked) == 413)
        #expect(try await status("/large", 5000, chunked: chunked) == 200)
        #expect(try await status("/large", 5001, chunked: chunked) == 413)
        #expect(try await status("/collect", 21, chunked: chunked) == 413)
      }
    }
  }

  @Test("a large upload passes through a handler that is slow, with little of it in memory")
  func backPressure() async throws {
    let most = Mutex(0)
    try await TestServer.run {
      $0.limits.bufferedBody = 64 << 10
    } routes: { router in
      router.on(.post, "/slow") { request in
        var count = 0
        for try await piece in request.body {
          count += piece.count
          most.withLock { $0 = max($0, piece.count) }
          await Task.yield()
        }
        return .text("\(count)")
      }
    } _: { (test) async throws in
      let size = 40 << 20
      let before = ResidentMemory.bytes
      let client = try await test.connect()
      try await client.send(request("POST", "/slow", ["Content-Length: \(size)"]))
      let piece = [UInt8](repeating: 7, count: 1 << 20)
      for _ in 0..<size >> 20 { try await client.send(piece) }
      #expect(try await client.response().text == "\(size)")
      #expect(most.withLock { $0 } <= 256 << 10)
      // Other tests run beside this one: a bound far below the upload, rather than the few pieces it is by itself.
      #expect(ResidentMemory.bytes - before < size / 2 + 64 << 20)
    }
  }

  @Test("the client is held back while the handler does not read")
  func heldBack() async throws {
    let gate = Gate()
    try await TestServer.run {
      $0.limits.bufferedBody = 16 << 10
    } routes: { router in
      router.on(.post, "/gated") { request in
        await gate.wait()
        return .text("\(try await request.body.collect(upTo: 1 << 30).count)")
      }
    } _: { (test) async throws in
      let size = 30 << 20
      let client = try await test.connect()
      try await client.send(request("POST", "/gated", ["Content-Length: \(size)"]))
      let sending = Task { [socket = client.socket] in
        try await socket.send([UInt8](repeating: 7, count: size))
      }
      // The server takes what its buffer and the kernel's hold, and no more, however long it is let be.
      var taken = -1
      while taken != test.server.metrics.bytesReceived.value {
        taken = test.server.metrics.bytesReceived.value
        try await Task.sleep(for: .milliseconds(30))
      }
      #expect(taken < 2 << 20)
      gate.open()
      try await sending.value
      #expect(try await client.response().text == "\(size)")
    }
  }

  @Test("a short body that nobody read is thrown away, and never taken for a request")
  func unreadIsDrained() async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      let poison = request("GET", "/hello")
      try await client.send(request("POST", "/unread", ["Content-Length: \(poison.utf8.count)"]) + poison)
      try await client.send(request("POST", "/unread", ["Transfer-Encoding: chunked"]))
      try await client.send(String(poison.utf8.count, radix: 16) + "\r\n" + poison + "\r\n0\r\n\r\n")
      try await client.send(request("POST", "/count", ["Content-Length: 3"]) + "end")
      for expected in ["unread", "unread", "3"] { #expect(try await client.response().text == expected) }
    }
  }

  @Test("a long body that nobody read ends the connection after the answer", arguments: [true, false])
  func unreadIsClosed(chunked: Bool) async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      let size = 1 << 20
      try await client.send(
        request("POST", "/unread", [chunked ? "Transfer-Encoding: chunked" : "Content-Length: \(size)"]))
      if chunked { try await client.send(String(size, radix: 16) + "\r\n") }
      let sending = Task { [socket = client.socket] in
        try await socket.send([UInt8](repeating: 65, count: size))
      }
      let response = try await client.response()
      #expect(response.text == "unread")
      #expect(try await client.isClosed())
      // It was cut off, or the kernel took it.
      _ = await sending.result
    }
  }

  @Test("a client that waits for 100 Continue gets it when the handler reads, and not when it refuses")
  func expectContinue() async throws {
    try await TestServer.run(routes: { router in
      router.on(.post, "/refuse") { _ in throw HTTPFailure(.serviceUnavailable, "queue_full") }
    }) { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("POST", "/count", ["Content-Length: 5", "Expect: 100-Continue"]))
      #expect(try await client.response().status == 100)
      try await client.send("hello")
      #expect(try await client.response().text == "5")

      try await client.send(request("POST", "/refuse", ["Content-Length: 5", "Expect: 100-continue"]))
      #expect(try await client.response().status == 503)
      #expect(try await client.isClosed(), "nobody knows whether the body comes")
    }
  }

  @Test("a client that sends its body without waiting for 100 Continue is understood")
  func impatientClient() async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      try await client.send(
        request("POST", "/count", ["Content-Length: 5", "Expect: 100-continue"]) + "hello" + request("GET", "/hello"))
      var response = try await client.response()
      if response.status == 100 { response = try await client.response() }
      #expect(response.text == "5")
      #expect(try await client.response().text == "hello")
    }
  }

  @Test("a body that stalls ends with 408, whether its handler reads or not")
  func stalledBody() async throws {
    try await TestServer.run {
      $0.limits.bodyStall = .milliseconds(30)
    } _: { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("POST", "/count", ["Content-Length: 10"]) + "half")
      #expect(try await client.response().status == 408)
      #expect(try await client.isClosed())
    }
  }

  @Test("a client that leaves amid its body frees the handler with an error")
  func lostBody() async throws {
    let seen = Mutex<[String]>([])
    try await TestServer.run(routes: { router in
      router.on(.post, "/lost") { request in
        do {
          return .text("\(try await request.body.collect(upTo: 100).count)")
        } catch {
          seen.withLock { $0.append("\(error)") }
          throw error
        }
      }
    }) { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("POST", "/lost", ["Content-Length: 10"]) + "half")
      try await eventually { test.server.metrics.requests.value == 1 }
      client.socket.close()
      try await eventually { await test.server.openConnections == 0 }
      try await eventually { !seen.withLock { $0.isEmpty } }
      #expect(seen.withLock { $0 } == ["ConnectionLost()"])
    }
  }
}

import EventLoop
import HTTPServer
import Synchronization
import Testing

/// Behaviours 9 and others of answers: methods, bodies, streams, observers.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct ResponseTests {
  @Test("HEAD is answered like GET, without the body, and the connection goes on")
  func head() async throws {
    try await TestServer.run(routes: { router in
      router.on(.get, "/stream") { _ in .stream(type: "text/plain") { try await $0.write("never sent") } }
    }) { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("HEAD", "/hello") + request("HEAD", "/stream") + request("GET", "/hello"))
      let head = try await client.response(isHead: true)
      #expect(head.status == 200)
      #expect(head.headers["content-length"] == "5")
      #expect(try await client.response(isHead: true).headers["transfer-encoding"] == "chunked")
      #expect(try await client.response().text == "hello")
    }
  }

  @Test("a method that a path does not know is answered with those that it knows")
  func methodNotAllowed() async throws {
    try await TestServer.run(routes: { router in
      router.on(.get, "/thing/{id}") { _ in .text("got") }
      router.on(.delete, "/thing/{id}") { _ in .text("gone") }
    }) { (test) async throws in
      let refused = try await test.ask(request("PUT", "/thing/7"))
      #expect(refused.status == 405)
      #expect(refused.headers["allow"] == "DELETE, GET, HEAD, OPTIONS")
      let options = try await test.ask(request("OPTIONS", "/thing/7"))
      #expect(options.status == 204)
      #expect(options.headers["allow"] == "DELETE, GET, HEAD, OPTIONS")
      #expect(options.headers["content-length"] == nil)
    }
  }

  @Test("failures are problem documents, and unexpected errors tell nothing of themselves")
  func failures() async throws {
    struct Secret: Error { let word = "swordfish" }
    try await TestServer.run(routes: { router in
      router.on(.get, "/busy") { _ in
        throw HTTPFailure(.serviceUnavailable, "queue_full", "It is \"full\".\n", headers: ["Retry-After": "3"])
      }
      router.on(.get, "/broken") { _ in throw Secret() }
    }) { (test) async throws in
      let busy = try await test.get("/busy")
      #expect(busy.status == 503)
      #expect(busy.headers["retry-after"] == "3")
      #expect(busy.headers["content-type"] == "application/problem+json")
      #expect(
        busy.text
          == #"{"type":"about:blank","title":"Service Unavailable","status":503,"code":"queue_full","#
          + #""detail":"It is \"full\".\u000a"}"#)
      let broken = try await test.get("/broken")
      #expect(broken.status == 500)
      #expect(!broken.text.contains("swordfish"))
    }
  }

  @Test("a handler's text never breaks a head in two")
  func headerInjection() async throws {
    try await TestServer.run(routes: { router in
      router.on(.get, "/inject") { request in
        Response(.ok, headers: ["X-Note": request.query("note") ?? "", "Content-Length": "999", "Connection": "x"])
      }
    }) { (test) async throws in
      let response = try await test.get("/inject?note=a%0d%0aSet-Cookie:%20b")
      #expect(response.headers["x-note"] == "a  Set-Cookie: b")
      #expect(response.headers["set-cookie"] == nil)
      #expect(response.headers["content-length"] == "0")
    }
  }

  @Test("a streamed body is sent in chunks, or by its length, or to a client of HTTP/1.0 to the end")
  func streams() async throws {
    try await TestServer.run(routes: { router in
      router.on(.get, "/stream") { request in
        .stream(type: "text/plain", length: request.query("length").flatMap { Int64($0) }) { writer in
          for word in ["one", "", "two", "three"] {
            try await writer.write(word)
            await Task.yield()
          }
        }
      }
    }) { (test) async throws in
      let chunked = try await test.get("/stream")
      #expect(chunked.headers["transfer-encoding"] == "chunked")
      #expect(chunked.text == "onetwothree")
      let counted = try await test.get("/stream?length=11")
      #expect(counted.headers["content-length"] == "11")
      #expect(counted.text == "onetwothree")
      let old = try await test.ask("GET /stream HTTP/1.0\r\n\r\n")
      #expect(old.headers["transfer-encoding"] == nil)
      #expect(old.text == "onetwothree")
    }
  }

  @Test(
    "a stream that fails, or does not keep its promise, is cut so that the client sees it",
    arguments: [
      "/fails", "/short", "/long",
    ])
  func cutStreams(path: String) async throws {
    struct Broken: Error {}
    try await TestServer.run(routes: { router in
      router.on(.get, "/fails") { _ in
        .stream(type: "text/plain") { writer in
          try await writer.write("half")
          throw Broken()
        }
      }
      router.on(.get, "/short") { _ in .stream(type: "text/plain", length: 10) { try await $0.write("half") } }
      router.on(.get, "/long") { _ in .stream(type: "text/plain", length: 2) { try await $0.write("too much") } }
    }) { (test) async throws in
      await #expect(throws: (any Error).self) { try await test.get(path) }
      #expect(try await test.get("/hello").text == "hello")
    }
  }

  @Test("a stream waits for a client that does not read, and ends when it leaves")
  func streamBackPressure() async throws {
    let written = Mutex(0)
    let ended = Gate()
    try await TestServer.run {
      $0.limits.sendBuffer = 64 << 10
    } routes: { router in
      router.on(.get, "/endless") { _ in
        .stream(type: "text/plain") { writer in
          defer { ended.open() }
          let piece = [UInt8](repeating: 65, count: 10_000)
          while true {
            try await writer.write(piece)
            written.withLock { $0 += piece.count }
          }
        }
      }
    } _: { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("GET", "/endless"))
      var before = -1
      while before != written.withLock({ $0 }) {
        before = written.withLock { $0 }
        try await Task.sleep(for: .milliseconds(30))
      }
      #expect(before < 16 << 20)
      _ = try await client.take(1 << 20)
      client.socket.close()
      await ended.wait()
      try await eventually { await test.server.openConnections == 0 }
    }
  }

  @Test("a client that leaves cancels the handler")
  func cancelled() async throws {
    let ended = Gate()
    try await TestServer.run(routes: { router in
      router.on(.get, "/wait") { _ in
        defer { ended.open() }
        try await Task.sleep(for: .seconds(3600))
        return .text("late")
      }
    }) { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("GET", "/wait"))
      try await eventually { test.server.metrics.requests.value == 1 }
      client.socket.close()
      await ended.wait()
    }
  }

  @Test("middleware stands before every handler, and before the answers to what has none")
  func middleware() async throws {
    try await TestServer.run(routes: { router in
      router.use { request, next in
        do {
          var response = try await next(request)
          response.headers["X-Order"] = "outer " + (response.headers["X-Order"] ?? "")
          return response
        } catch let failure as HTTPFailure {
          return .text("caught \(failure.code) at \(request.route ?? "nowhere")", failure.status)
        }
      }
      router.use { request, next in
        if request.headers["X-Stop"] != nil { return .text("stopped") }
        var response = try await next(request)
        response.headers["X-Order"] = "inner"
        return response
      }
    }) { (test) async throws in
      #expect(try await test.get("/hello").headers["x-order"] == "outer inner")
      #expect(try await test.get("/hello", "X-Stop: 1").text == "stopped")
      #expect(try await test.get("/missing").text == "caught not_found at nowhere")
      #expect(try await test.ask(request("PUT", "/hello")).text == "caught method_not_allowed at nowhere")
    }
  }

  @Test("the observer hears of every exchange, with its route and what became of it")
  func observer() async throws {
    final class Observer: ServerObserver {
      let seen = Mutex<[String]>([])
      func finished(_ exchange: ExchangeSummary) {
        seen.withLock {
          $0.append("\(exchange.method) \(exchange.route ?? "-") \(exchange.status.rawValue) \(exchange.bytesReceived)")
        }
      }
      func handlerFailed(_ error: any Error, _ request: Request) {
        seen.withLock { $0.append("failed \(request.path)") }
      }
    }
    struct Broken: Error {}
    let observer = Observer()
    try await TestServer.run {
      $0.observer = observer
    } routes: { router in
      router.on(.get, "/a/{b}") { _ in throw Broken() }
    } _: { (test) async throws in
      let client = try await test.connect()
      for text in [
        request("GET", "/hello"), request("GET", "/a/1"), request("PUT", "/nothing"),
        request("POST", "/count", ["Content-Length: 3"]) + "abc",
      ] {
        try await client.send(text)
        _ = try await client.response()
      }
      try await eventually { observer.seen.withLock { $0.count } == 5 }
      #expect(
        observer.seen.withLock { $0 } == [
          "GET /hello 200 0", "failed /a/1", "GET /a/{b} 500 0", "PUT - 404 0", "POST /count 200 3",
        ])
    }
  }
}

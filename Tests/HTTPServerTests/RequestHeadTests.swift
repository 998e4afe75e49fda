import EventLoop
import HTTPServer
import Testing

/// Behaviours 1, 2, 6, 8 and 9: what a request's head may be.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct RequestHeadTests {
  @Test(
    "what two parsers might read differently is refused, and the connection is closed",
    arguments: [
      // Both lengths, in either order (RFC 9112, 6.3).
      (400, "Content-Length: 5\r\nTransfer-Encoding: chunked"),
      (400, "Transfer-Encoding: chunked\r\nContent-Length: 5"),
      (400, "Transfer-Encoding: chunked\r\nContent-Length: 0"),
      // Lengths that differ, or are no number.
      (400, "Content-Length: 5\r\nContent-Length: 6"), (400, "Content-Length: 5, 5"), (400, "Content-Length: +5"),
      (400, "Content-Length: -5"), (400, "Content-Length: 0x5"), (400, "Content-Length: 5 5"),
      (400, "Content-Length: "), (400, "Content-Length: 5.0"), (400, "Content-Length: 99999999999999999999"),
      (400, "Content-Length: 18446744073709551621"),
      // Codings.
      (501, "Transfer-Encoding: gzip"), (501, "Transfer-Encoding: gzip, chunked"),
      (501, "Transfer-Encoding: chunked, identity"), (501, "Transfer-Encoding: xchunked"),
      (501, "Transfer-Encoding: "), (501, "Transfer-Encoding: \"chunked\""),
      (400, "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
      (400, "Transfer-Encoding : chunked"), (400, "Transfer-Encoding\t: chunked"),
      (400, "Transfer-Encoding: chunked\r\n Content-Length: 5"), (400, "X: y\r\n\tfolded"), (400, " X: y"),
      (400, "X\0: y"), (400, "X: y\0"), (400, "X: y\u{7F}"), (400, "X: y\rContent-Length: 5"),
      (400, "X: y\nContent-Length: 5"), (400, ": y"), (400, "no colon"), (400, "X y: z"), (400, "X;: z"),
      // Host exactly once.
      (400, "Host: other"), (400, "Host: localhost"),
      (417, "Expect: the-unexpected"),
    ])
  func smuggling(status: Int, line: String) async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      try await client.send(
        "POST /count HTTP/1.1\r\nHost: localhost\r\n\(line)\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
      let response = try await client.response()
      #expect(response.status == status)
      #expect(response.headers["connection"] == "close")
      #expect(try await client.isClosed(), "nothing after it may be taken for a request")
    }
  }

  @Test(
    "a request line is three parts and no more",
    arguments: [
      (400, "GET  /hello HTTP/1.1"), (400, "GET /hello  HTTP/1.1"), (400, "GET /hello HTTP/1.1 "), (400, "GET /hello"),
      (400, " GET /hello HTTP/1.1"), (400, "G(T /hello HTTP/1.1"), (400, "GET hello HTTP/1.1"),
      (400, "GET /he\u{7F}llo HTTP/1.1"), (400, "GET /h\u{e9}llo HTTP/1.1"), (505, "GET /hello HTTP/2.0"),
      (505, "GET /hello HTTP/1.2"), (400, "GET /hello http/1.1"), (400, "\u{16}\u{3}\u{1}"),
      (400, "GET /hello HTTP/11"),
      (400, "CONNECT localhost:80 HTTP/1.1"), (400, "GET /%zz HTTP/1.1"), (400, "GET /%2 HTTP/1.1"),
      (400, "GET /%00 HTTP/1.1"), (400, "GET /%ff HTTP/1.1"), (200, "GET /%68ello HTTP/1.1"),
      (200, "GET http://localhost/hello HTTP/1.1"), (200, "GET /hello?a=%zz HTTP/1.1"), (404, "GET * HTTP/1.1"),
      (405, "FROB /hello HTTP/1.1"), (405, "get /hello HTTP/1.1"), (404, "GET /hello/ HTTP/1.1"),
    ])
  func requestLine(status: Int, line: String) async throws {
    try await TestServer.run { (test) async throws in
      #expect(try await test.ask("\(line)\r\nHost: localhost\r\n\r\n").status == status)
    }
  }

  @Test("empty lines before a request are skipped, and a field's blanks do not count")
  func lenient() async throws {
    try await TestServer.run { (test) async throws in
      let response = try await test.ask("\r\n\r\nGET /hello HTTP/1.1\r\nhOST:   \t localhost \t \r\nX:\r\n\r\n")
      #expect(response.status == 200)
    }
  }

  @Test("no more than a few empty lines are, however they come", arguments: [1, 10_000])
  func emptyLines(atOnce: Int) async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      for _ in 0..<(atOnce == 1 ? 6 : 1) {
        try await client.send(String(repeating: "\r\n", count: atOnce))
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(try await client.response().status == 400)
      #expect(try await client.isClosed())
    }
  }

  @Test("HTTP/1.0 needs no Host, is closed after the answer, and stays open if it asks")
  func oldVersion() async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      try await client.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      #expect(try await client.response().headers["connection"] == "keep-alive")
      try await client.send("GET /hello HTTP/1.0\r\n\r\n")
      #expect(try await client.response().text == "hello")
      #expect(try await client.isClosed())
      #expect(try await test.ask("GET /hello HTTP/1.1\r\n\r\n").status == 400)
    }
  }

  @Test(
    "a head has its size, its target and its fields",
    arguments: [
      ("size", 431), ("target", 414), ("fields", 431), ("unfinished size", 431), ("unfinished target", 414),
    ])
  func limits(what: String, status: Int) async throws {
    try await TestServer.run { (test) async throws in
      let text =
        switch what {
        case "size": request("GET", "/hello", ["X: " + String(repeating: "x", count: 17 << 10)])
        case "target": request("GET", "/" + String(repeating: "x", count: 9 << 10))
        case "fields": request("GET", "/hello", (0..<100).map { "X-\($0): y" })
        case "unfinished size": "GET /hello HTTP/1.1\r\nX: " + String(repeating: "x", count: 17 << 10)
        default: "GET /" + String(repeating: "x", count: 17 << 10)
        }
      #expect(try await test.ask(text).status == status)
    }
  }

  @Test("a head just within its limits is read")
  func withinLimits() async throws {
    try await TestServer.run { (test) async throws in
      let fields = (0..<99).map { "X-\($0): y" }
      #expect(try await test.ask(request("GET", "/hello", fields)).status == 200)
      let path = "/hello?" + String(repeating: "x", count: (8 << 10) - 7)
      #expect(try await test.ask(request("GET", path, ["X: " + String(repeating: "x", count: 7 << 10)])).status == 200)
    }
  }

  @Test("hosts and origins are checked against their lists")
  func allowLists() async throws {
    try await TestServer.run {
      $0.allowedHosts = ["localhost", "::1"]
      $0.allowedOrigins = ["https://viewer.example"]
    } routes: { _ in
    } _: { (test) async throws in
      func status(_ method: String, _ host: String, _ lines: String...) async throws -> Int {
        let lines = ["\(method) /unread HTTP/1.1", "Host: \(host)"] + lines + ["Content-Length: 0"]
        return try await test.ask(lines.joined(separator: "\r\n") + "\r\n\r\n").status
      }
      #expect(try await status("POST", "LOCALHOST:8080") == 200)
      #expect(try await status("POST", "[::1]:8080") == 200)
      #expect(try await status("POST", "evil.example") == 421)
      #expect(try await status("POST", "localhost.evil.example") == 421)
      #expect(try await status("POST", "localhost", "Origin: https://viewer.example") == 200)
      #expect(try await status("POST", "localhost", "Origin: https://evil.example") == 403)
      #expect(try await status("POST", "localhost", "Origin: null") == 403)
      #expect(try await status("POST", "localhost:80", "Origin: http://localhost:80") == 200, "its own origin")
      #expect(try await status("GET", "localhost", "Origin: https://evil.example") == 405, "safe methods may come")
      #expect(try await status("GET", "localhost", "Origin: https://evil.example", "Upgrade: websocket") == 403)
    }
  }

  @Test("an absolute target's host counts before the Host header")
  func absoluteTarget() async throws {
    try await TestServer.run {
      $0.allowedHosts = ["localhost"]
    } routes: { _ in
    } _: { (test) async throws in
      #expect(try await test.ask("GET http://evil.example/hello HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 421)
      #expect(try await test.ask("GET http://localhost/hello HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 200)
    }
  }

  @Test(
    "what proxies say of the client is believed only of trusted ones",
    arguments: [
      ("203.0.113.9", "203.0.113.9"), ("203.0.113.9, 10.0.0.1", "203.0.113.9"),
      ("1.1.1.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"), ("10.0.0.2, 10.0.0.1", "10.0.0.2"),
      ("junk, 10.0.0.1", "10.0.0.1"), ("junk", "127.0.0.1"), ("", "127.0.0.1"),
    ])
  func proxies(header: String, client: String) async throws {
    for isTrusted in [true, false] {
      try await TestServer.run {
        if isTrusted { $0.trustedProxies = [IPNetwork("127.0.0.0/8"), IPNetwork("10.0.0.0/8")].compactMap { $0 } }
      } routes: { router in
        router.on(.get, "/client") { .text($0.clientAddress?.description ?? "none") }
      } _: { (test) async throws in
        let answer = try await test.get("/client", "X-Forwarded-For: \(header)").text
        #expect(answer == (isTrusted ? client : "127.0.0.1"))
      }
    }
  }

  @Test("a head is understood wherever its bytes are cut", arguments: 1...20 as ClosedRange<UInt64>)
  func cuts(seed: UInt64) async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      let text = Array(
        (request("GET", "/hello", ["X: y"]) + request("POST", "/count", ["Content-Length: 11"]) + "hello world"
          + request("POST", "/count", ["Transfer-Encoding: chunked"])
          + "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: z\r\n\r\n" + request("GET", "/hello")).utf8)
      for piece in Pieces.cut(text, seed: seed) {
        try await client.send(piece)
        // Most pieces arrive by themselves.
        await Task.yield()
      }
      for expected in ["hello", "11", "11", "hello"] { #expect(try await client.response().text == expected) }
    }
  }
}

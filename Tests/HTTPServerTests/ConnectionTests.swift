import EventLoop
import Glibc
import HTTPServer
import Synchronization
import TestSupport
import Testing

/// Behaviours 3, 4, 12 and 20: connections, their times, their number and their end.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct ConnectionTests {
  @Test("pipelined requests are answered in order, though an earlier one takes longer")
  func pipelining() async throws {
    let gate = Gate()
    try await TestServer.run(routes: { router in
      router.on(.get, "/slow") { _ in
        await gate.wait()
        return .text("slow")
      }
    }) { (test) async throws in
      let client = try await test.connect()
      let count = 500
      try await client.send(request("GET", "/slow") + String(repeating: request("GET", "/hello"), count: count))
      try await eventually { test.server.metrics.requests.value == 1 }
      gate.open()
      #expect(try await client.response().text == "slow")
      for _ in 0..<count { #expect(try await client.response().text == "hello") }
      #expect(test.server.metrics.requests.value == count + 1)
    }
  }

  @Test("a request that asks for it is the last")
  func close() async throws {
    try await TestServer.run { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("GET", "/hello", ["Connection: Close"]) + request("GET", "/hello"))
      #expect(try await client.response().headers["connection"] == "close")
      #expect(try await client.isClosed())
      #expect(test.server.metrics.requests.value == 1)
    }
  }

  @Test("a client that closed its sending direction still gets its answer")
  func halfClosed() async throws {
    try await TestServer.run(routes: { router in
      router.on(.get, "/soon") { _ in
        for _ in 0..<20 { await Task.yield() }
        return .text("soon")
      }
    }) { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("GET", "/soon"))
      client.socket.finishSending()
      #expect(try await client.response().text == "soon")
      #expect(try await client.isClosed())
    }
  }

  @Test(
    "a thousand clients that send their heads too slowly are all answered with 408, and others are served meanwhile")
  func slowLoris() async throws {
    try await TestServer.run {
      // Time enough for all of them to come, however busy the machine is.
      $0.limits.headTime = .seconds(10)
      $0.limits.lingering = .seconds(60)
    } _: { (test) async throws in
      let before = ResidentMemory.bytes
      var clients: [RawClient] = []
      for _ in 0..<1000 {
        let client = try await test.connect()
        try await client.send("GET /hello HTTP/1.1\r\nX: ")
        // Going on with it does not help.
        try await client.send("x")
        clients.append(client)
      }
      #expect(try await test.get("/hello").text == "hello")
      var statuses: [Int] = []
      for client in clients { statuses.append(try await client.response().status) }
      #expect(statuses == Array(repeating: 408, count: 1000))
      // Other tests share the process, so this is far above the few kilobytes that each takes.
      #expect(ResidentMemory.bytes - before < 256 << 20)
    }
  }

  @Test("a connection that says nothing is closed without a word; one that idles after a request too")
  func idle() async throws {
    try await TestServer.run {
      $0.limits.headTime = .milliseconds(20)
    } _: { (test) async throws in
      let silent = try await test.connect()
      #expect(try await silent.rest().isEmpty)
    }
    try await TestServer.run {
      $0.limits.idleTime = .milliseconds(20)
    } _: { (test) async throws in
      let used = try await test.connect()
      try await used.send(request("GET", "/hello"))
      #expect(try await used.response().text == "hello")
      #expect(try await used.rest().isEmpty)
    }
  }

  @Test("an idle connection's next head has its own time limit")
  func headAfterIdle() async throws {
    try await TestServer.run {
      $0.limits.headTime = .milliseconds(20)
    } _: { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("GET", "/hello"))
      #expect(try await client.response().text == "hello")
      try await client.send("GET /hel")
      #expect(try await client.response().status == 408)
      #expect(try await client.isClosed())
    }
  }

  @Test("connections over the cap are turned away, and room is given again")
  func cap() async throws {
    try await TestServer.run {
      $0.limits.connections = 5
    } _: { (test) async throws in
      var clients: [RawClient] = []
      for _ in 0..<5 { clients.append(try await test.connect()) }
      try await eventually { await test.server.openConnections == 5 }
      // The reset may come before the connection is seen to be there.
      if let sixth = try? await test.connect() { #expect(try await sixth.isClosed()) }
      clients[0].socket.close()
      try await eventually { await test.server.openConnections == 4 }
      #expect(try await test.get("/hello").text == "hello")
      #expect(test.server.metrics.refused.value == 1)
    }
  }

  @Test("what the runtime needs of descriptors is open before the first client can come")
  func runtimeDescriptors() async throws {
    // A process of its own: this one's runtime has long been at work.
    try await EchoProgram.run { (program, _) async throws in
      let kinds = program.descriptors
      // The loop's and the runtime's.
      #expect(kinds.count { $0 == "anon_inode:[eventpoll]" } == 2, "\(kinds)")
      #expect(kinds.contains("anon_inode:[timerfd]"), "\(kinds)")
    }
  }

  @Test("running out of descriptors is survived")
  func descriptors() async throws {
    // A server of its own: its limit on descriptors must not be that of the other tests.
    try await EchoProgram.run(descriptors: 40) { (program, loop) async throws in
      var clients: [RawClient] = []
      for _ in 0..<80 {
        // Those that find no room are turned away with a reset, some already while they connect.
        if let client = try? await AsyncSocket.connect(to: program.address, on: loop, within: .seconds(20)) {
          clients.append(RawClient(client))
        }
      }
      // Those that were taken are served.
      try await clients[0].send(request("GET", "/"))
      #expect(try await clients[0].response().text == "hello")
      for client in clients { client.socket.close() }
      clients = []
      // And when they have gone, there is room again.
      try await eventually {
        guard let socket = try? await AsyncSocket.connect(to: program.address, on: loop, within: .seconds(20)) else {
          return false
        }
        let client = RawClient(socket)
        guard (try? await client.send(request("GET", "/"))) != nil else { return false }
        return (try? await client.response())?.text == "hello"
      }
    }
  }

  @Test("a Unix socket serves like TCP, and vanishes with the server")
  func unixSocket() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/s.sock"
    try await TestServer.run(on: .unix(path: path)) { (test) async throws in
      #expect(try await test.get("/hello").text == "hello")
      #expect(access(path, F_OK) == 0)
    }
    #expect(access(path, F_OK) != 0)
  }

  @Test("a stopping server finishes its answers, closes idle connections and WebSockets, and takes no more")
  func drain() async throws {
    let gate = Gate()
    try await TestServer.run(routes: { router in
      router.on(.get, "/slow") { _ in
        await gate.wait()
        return .text("slow")
      }
      router.on(.get, "/ws") { _ in .webSocket(Silent()) }
    }) { (test) async throws in
      let idle = try await test.connect()
      let busy = try await test.connect()
      try await busy.send(request("GET", "/slow"))
      let socket = try await RawWebSocket.open(test, "/ws")
      try await eventually { test.server.metrics.requests.value == 2 && test.server.metrics.connections.value == 3 }

      let drained = Task { await test.server.drain(within: .seconds(30)) }
      #expect(try await idle.isClosed())
      let frame = try await socket.frame()
      #expect(frame.opcode == 8)
      #expect(frame.closeCode == 1001)
      try await socket.send(8, frame.payload)
      await #expect(throws: (any Error).self) { try await test.get("/hello") }
      gate.open()
      let answer = try await busy.response()
      #expect(answer.text == "slow")
      #expect(answer.headers["connection"] == "close")
      await drained.value
      #expect(await test.server.openConnections == 0)
    }
  }

  @Test("what has not ended when the time for stopping is over is cut")
  func drainDeadline() async throws {
    let ended = Gate()
    try await TestServer.run(routes: { router in
      router.on(.get, "/never") { _ in
        defer { ended.open() }
        try await Task.sleep(for: .seconds(3600))
        return .text("late")
      }
    }) { (test) async throws in
      let client = try await test.connect()
      try await client.send(request("GET", "/never"))
      try await eventually { test.server.metrics.requests.value == 1 }
      await test.server.drain(within: .milliseconds(10))
      #expect(try await client.isClosed())
      await ended.wait()
    }
  }

  @Test("the program ends on SIGTERM with its answer given and its WebSocket closed")
  func terminated() async throws {
    try await EchoProgram.run { (program, loop) async throws in
      let socket = try await RawWebSocket.open(
        RawClient(try await AsyncSocket.connect(to: program.address, on: loop, within: .seconds(20))), "/watch")
      program.terminate()
      let frame = try await socket.frame()
      #expect(frame.closeCode == 1001)
      try await socket.send(8, frame.payload)
      #expect(try await program.exitStatus() == 0)
    }
  }
}

/// Takes part and says nothing.
struct Silent: WebSocketHandler {}

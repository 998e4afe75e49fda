import EventLoop
import Glibc
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct AsyncSocketTests {
  @Test("what nobody listens at cannot be connected to")
  func refused() async throws {
    try await withLoop { loop in
      // The port of a socket that is closed again.
      let listener = try ListeningSocket(.ip(.loopback, port: 0))
      listener.close()
      let failure = await #expect(throws: LoopFailure.self) {
        try await AsyncSocket.connect(to: listener.address, on: loop, within: .seconds(10))
      }
      #expect(failure?.errno == ECONNREFUSED)
    }
  }

  @Test("bytes go both ways, more than the kernel buffers, over TCP and Unix sockets", arguments: [true, false])
  func bothWays(isUnix: Bool) async throws {
    let folder = try TemporaryFolder()
    try await withLoop { loop in
      let listener = try ListeningSocket(
        isUnix ? .unix(path: folder.path + "/s") : .ip(.loopback, port: 0))
      defer { listener.close() }
      let socket = try await AsyncSocket.connect(to: listener.address, on: loop, within: .seconds(10))
      guard case .connection(let peer, _) = listener.accept() else {
        Issue.record("the connection is not there")
        return
      }
      let sent = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      let receiving = Task.detached { readAll(peer) }
      try await socket.send(sent)
      socket.finishSending()
      #expect(await receiving.value == sent)
      let last = [UInt8](repeating: 7, count: 24)
      #expect(last.withUnsafeBytes { peer.send($0) } == .moved(24))
      peer.close()
      var answer: [UInt8] = []
      while true {
        let bytes = try await socket.receive(upTo: 2)
        if bytes.isEmpty { break }
        answer += bytes
      }
      #expect(answer == last)
    }
  }

  @Test("waiting ends with the time limit, with cancelling, with closing")
  func waitingEnds() async throws {
    try await withLoop { loop in
      let listener = try ListeningSocket(.ip(.loopback, port: 0))
      defer { listener.close() }
      let socket = try await AsyncSocket.connect(to: listener.address, on: loop, within: .seconds(10))
      let late = await #expect(throws: LoopFailure.self) {
        try await socket.receive(upTo: 1, within: .milliseconds(5))
      }
      #expect(late?.code == .timedOut)
      let task = Task { try await socket.receive(upTo: 1) }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      let closed = Task { try await socket.receive(upTo: 1) }
      await Task.yield()
      socket.close()
      // Whether it was waiting already or not: the end of the stream or the refusal.
      let outcome = await closed.result
      switch outcome {
      case .success(let bytes): #expect(bytes.isEmpty)
      case .failure(let error): #expect(error is LoopFailure)
      }
    }
  }
}

/// Reads to the end of the stream, waiting on the calling thread.
private func readAll(_ socket: StreamSocket) -> [UInt8] {
  var all: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    switch buffer.withUnsafeMutableBytes({ socket.receive(into: $0) }) {
    case .moved(let count): all += buffer[..<count]
    case .wouldBlock:
      var wait = pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&wait, 1, 10_000)
    case .ended, .failed: return all
    }
  }
}

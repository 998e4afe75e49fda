import Glibc
import Synchronization
import Testing
import WorkerChannel

@Suite(.timeLimit(.minutes(10)))
struct WorkerConnectionTests {
  @Test("all frames come before the end, and the end before the exit")
  func order() async throws {
    let worker = try await PythonWorker.connect(
      """
      for index in range(500): send(b"%d" % index)
      os._exit(9)
      """)
    var seen: [String] = []
    while let event = try await worker.next() { seen.append(name(event)) }
    #expect(seen == (0..<500).map { "\($0)" } + ["closed", "exited(code: 9)"])
    #expect(try await worker.next() == nil, "after the last event there is none")
    #expect(await worker.exit().cause == .exited(code: 9))
  }

  @Test(
    "a worker that dies inside a frame says so, and how it died",
    arguments: [
      ("os.kill(os.getpid(), signal.SIGSEGV)", "signalled(signal: 11)"), ("os._exit(1)", "exited(code: 1)"),
    ])
  func diesMidFrame(death: String, exit: String) async throws {
    let worker = try await PythonWorker.connect(
      """
      send(b"whole")
      channel.sendall(struct.pack(">I", 1000) + b"part")
      \(death)
      """)
    #expect(try await names(worker) == ["whole", "closed endedMidFrame(received: 8, expected: 1004)", exit])
  }

  @Test("rubbish closes the stream at once; the process is the engine's to end")
  func rubbish() async throws {
    let worker = try await PythonWorker.connect("channel.sendall(b'warning: chatty library\\n'); time.sleep(1000)")
    guard case .closed(let failure?) = try await worker.next() else {
      Issue.record("expected a spoilt stream")
      return
    }
    #expect(failure.code == .frameTooLong(length: 0x7761_726e, maximum: FrameChannel.defaultMaximumFrameLength))
    worker.kill()
    #expect(try await names(worker) == ["signalled(signal: 9)"])
  }

  @Test("a worker that closes its channel but lives on is told as closed")
  func closesAndLives() async throws {
    let worker = try await PythonWorker.connect("os.close(3); time.sleep(1000)")
    #expect(try await worker.next().map(name) == "closed")
    #expect(worker.process.exitIfEnded() == nil)
    worker.kill()
    #expect(try await worker.next().map(name) == "signalled(signal: 9)")
  }

  @Test("reading stops while too much is unread, and nothing is lost by it")
  func backPressure() async throws {
    // Descriptors tell how far the worker got: it counts into a pipe that does not fill up.
    let worker = try await PythonWorker.connect(
      """
      _, count = receive()
      for index in range(300):
          send(bytes([index % 256]) * 20000)
          os.write(count, b".")
      """)
    let pipe = Descriptors.pipe()
    try worker.send([], descriptor: pipe.writing)
    pipe.writing.close()
    #expect(await Eventually.holds { Self.unreadBytes(pipe.reading) >= 64 })
    try await Task.sleep(for: .milliseconds(200))
    // 64 in the queue and what the socket's buffers hold, about 200 kB.
    #expect(64..<120 ~= Self.unreadBytes(pipe.reading))

    var frames = 0
    while let event = try await worker.next() {
      guard case .frame(let frame) = event else { continue }
      #expect(frame.bytes.count == 20_000)
      #expect(frame.bytes.first == UInt8(frames % 256))
      frames += 1
    }
    #expect(frames == 300)
  }

  @Test("unread bytes count too")
  func byteLimit() async throws {
    let worker = try await PythonWorker.connect(
      """
      _, count = receive()
      for index in range(20):
          send(bytes(1 << 20))
          os.write(count, b".")
      """, limits: WorkerQueueLimits(frames: 64, bytes: 2 << 20))
    let pipe = Descriptors.pipe()
    try worker.send([], descriptor: pipe.writing)
    pipe.writing.close()
    #expect(await Eventually.holds { Self.unreadBytes(pipe.reading) >= 2 })
    try await Task.sleep(for: .milliseconds(100))
    #expect(2...3 ~= Self.unreadBytes(pipe.reading))
    #expect(try await names(worker).count == 22)
  }

  @Test("the exit is collected at once, however much is unread")
  func exitDespiteUnreadFrames() async throws {
    let worker = try await PythonWorker.connect("for index in range(100): send(b'x')")
    #expect(await worker.exit().cause == .exited(code: 0))
    #expect(Glibc.kill(worker.process.pid, 0) == -1, "no zombie is left")
    #expect(try await names(worker).count == 102)
  }

  @Test("a descendant that leaves the group cannot prolong the stream")
  func escapedDescendant() async throws {
    let worker = try await PythonWorker.connect(
      """
      if os.fork() == 0:
          os.setsid()
          send(b"escaped")
          try:
              while True: send(b"still here"); time.sleep(0.01)
          except OSError: os._exit(0)
      time.sleep(0.1)
      os._exit(4)
      """)
    let seen = try await names(worker)
    #expect(seen.first == "escaped")
    #expect(seen.suffix(2) == ["closed", "exited(code: 4)"])
  }

  @Test("log lines are told whole, the last one too, before the exit")
  func logLines() async throws {
    let collected = Collected()
    let worker = try await PythonWorker.connect(
      """
      os.write(2, b'{"a":1}\\n\\n{"b"'); time.sleep(0.05); os.write(2, b":2}\\n")
      os.write(2, b"y" * 100000 + b"\\nFatal error: no newline")
      os.kill(os.getpid(), signal.SIGILL)
      """, onLogLine: { collected.add($0) })
    #expect(try await names(worker) == ["closed", "signalled(signal: 4)"])
    #expect(
      collected.all == [
        #"{"a":1}"#, "", #"{"b":2}"#, String(repeating: "y", count: 65_536), String(repeating: "y", count: 34_464),
        "Fatal error: no newline",
      ])
  }

  @Test("a log that nobody wants does not stop frames; a talkative one does not stop the worker")
  func talkativeWorker() async throws {
    let collected = Collected()
    let worker = try await PythonWorker.connect(
      "for index in range(20000): os.write(2, b'line %d of a chatty library\\n' % index)\nsend(b'done')",
      onLogLine: { collected.add($0) })
    #expect(try await names(worker) == ["done", "closed", "exited(code: 0)"])
    #expect(collected.all.count == 20_000)
    #expect(collected.all.last == "line 19999 of a chatty library")
  }

  @Test("a cancelled wait ends, and loses nothing")
  func cancellation() async throws {
    let worker = try await PythonWorker.connect("receive(); send(b'late'); receive()")
    let waiting = Task { try await worker.next() }
    try await Task.sleep(for: .milliseconds(50))
    waiting.cancel()
    await #expect(throws: CancellationError.self) { _ = try await waiting.value }
    try worker.send([1])
    #expect(try await worker.next().map(name) == "late")
    worker.endSending()
    #expect(try await names(worker) == ["closed", "exited(code: 0)"])
  }

  @Test("cancelling while frames come in never loses or repeats one")
  func cancellationRace() async throws {
    let worker = try await PythonWorker.connect("for index in range(2000): send(b'%d' % index)")
    var seen: [String] = []
    while true {
      let step = Task { try await worker.next() }
      if seen.count % 3 == 0 { step.cancel() }
      switch await step.result {
      case .success(let event?): seen.append(name(event))
      case .success(nil):
        #expect(seen == (0..<2000).map { "\($0)" } + ["closed", "exited(code: 0)"])
        return
      case .failure:
        // Not cancelled this time, so that it goes on.
        if let event = try await worker.next() { seen.append(name(event)) }
      }
    }
  }

  @Test("a connection that nobody holds any more ends its worker")
  func abandoned() async throws {
    var worker: WorkerConnection? = try await PythonWorker.connect("for index in range(1000): send(b'x')\nreceive()")
    let pid = try #require(worker?.process.pid)
    _ = try await worker?.next()
    worker = nil
    #expect(await Eventually.holds { Glibc.kill(pid, 0) == -1 && errno == ESRCH })
  }

  @Test("a kill releases a send that waits for a worker which does not read")
  func killReleasesSend() async throws {
    let worker = try await PythonWorker.connect("send(b'up'); time.sleep(1000)")
    _ = try await worker.next()
    let outcome = Outcome()
    async let sending: Void = Blocking.run {
      do throws(ChannelFailure) { try worker.send(Bytes.pattern(4 << 20, seed: 1)) } catch { outcome.set(error.code) }
    }
    try await Task.sleep(for: .milliseconds(50))
    #expect(outcome.code == nil)
    worker.kill()
    try await sending
    #expect(outcome.code == .peerClosed)
  }

  @Test("sixty-four workers at once, each with its own thread")
  func sixtyFourWorkers() async throws {
    try await withThrowingTaskGroup(of: [String].self) { group in
      for index in 0..<64 {
        group.addTask {
          let process = try await WorkerSpawner.shared.spawn(
            PythonWorker.shell("printf '\\000\\000\\000\\001x\\000\\000\\000\\001y' >&3; exit \(index)"))
          return try await names(try WorkerConnection(process)) + ["\(index)"]
        }
      }
      for try await seen in group {
        #expect(seen == ["x", "y", "closed", "exited(code: \(seen.last ?? ""))", seen.last])
      }
    }
  }

  private static func unreadBytes(_ descriptor: OwnedDescriptor) -> Int {
    var count: Int32 = 0
    let fionread: UInt = 0x541B
    try? descriptor.withDescriptor { _ = ioctl($0, fionread, &count) }
    return Int(count)
  }
}

private final class Collected: Sendable {
  private let lines = Mutex<[String]>([])
  func add(_ line: [UInt8]) { lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
  var all: [String] { lines.withLock { $0 } }
}

private final class Outcome: Sendable {
  private let failure = Mutex<ChannelFailure.Code?>(nil)
  func set(_ code: ChannelFailure.Code) { failure.withLock { $0 = code } }
  var code: ChannelFailure.Code? { failure.withLock { $0 } }
}

private func names(_ worker: WorkerConnection) async throws -> [String] {
  var seen: [String] = []
  while let event = try await worker.next() { seen.append(name(event)) }
  return seen
}

private func name(_ event: WorkerEvent) -> String {
  switch event {
  case .frame(let frame): String(frame)
  case .closed(nil): "closed"
  case .closed(let failure?): "closed \(failure.code)"
  case .exited(let exit): "\(exit.cause)"
  }
}

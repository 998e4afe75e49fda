import Glibc
import Testing
import WorkerChannel

@Suite(.timeLimit(.minutes(10)))
struct SpawnedProcessTests {
  @Test(
    "exit codes and signals are data",
    arguments: [
      ("exit 0", ProcessExit.Cause.exited(code: 0)), ("exit 3", .exited(code: 3)), ("exit 255", .exited(code: 255)),
      ("kill -SEGV $$", .signalled(signal: SIGSEGV)), ("kill -ABRT $$", .signalled(signal: SIGABRT)),
      ("kill -ILL $$", .signalled(signal: SIGILL)), ("ulimit -t 1; while :; do :; done", .signalled(signal: SIGXCPU)),
    ])
  func exits(script: String, cause: ProcessExit.Cause) async throws {
    let process = try await WorkerSpawner.shared.spawn(PythonWorker.shell("ulimit -c 0; \(script)"))
    let exit = try process.wait()
    // Debian's shell reaches the hard limit, equal to the soft one, and the kernel kills rather than asks.
    let accepted = cause == .signalled(signal: SIGXCPU) ? [cause, .signalled(signal: SIGKILL)] : [cause]
    #expect(accepted.contains(try #require(exit).cause))
    #expect(try process.wait() == exit, "asked again, it says the same")
    #expect(Glibc.kill(process.pid, 0) == -1, "no zombie is left")
  }

  @Test("the exit tells CPU time and peak memory")
  func resourceUse() async throws {
    let process = try await PythonWorker.spawn(
      """
      block = bytearray(b"x") * (100 << 20)
      end = time.process_time() + 0.3
      while time.process_time() < end: pass
      """)
    let exit = try #require(try process.wait())
    #expect(exit.isSuccess)
    #expect(exit.userSeconds + exit.systemSeconds >= 0.3)
    #expect(exit.userSeconds + exit.systemSeconds < 5)
    // Until exec the child shares the parent's memory, and Linux counts the parent's peak as the child's.
    var own = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
    #expect((100 << 20)..<max(400 << 20, Int(own.ru_maxrss) << 10) + 1 ~= exit.peakResidentBytes)
  }

  @Test("a kill ends the whole group, and once is enough")
  func killsGroup() async throws {
    let process = try await WorkerSpawner.shared.spawn(
      PythonWorker.shell("sleep 1000 & sleep 1000 & echo $! >&2; wait"))
    // The sleepers hold the log open: its end is their end.
    let started = try readLine(process.log)
    #expect(Int32(started) != nil)
    #expect(process.exitIfEnded() == nil)
    process.kill()
    process.kill()
    #expect(try process.wait(deadline: .now + .seconds(10))?.cause == .signalled(signal: SIGKILL))
    #expect(try Descriptors.readAll(process.log) == "")
    process.kill()
  }

  @Test("what a worker started does not outlive it, even if the worker leaves by itself")
  func orphansDie() async throws {
    let process = try await WorkerSpawner.shared.spawn(PythonWorker.shell("sleep 1000 & exit 5"))
    #expect(try process.wait()?.cause == .exited(code: 5))
    #expect(try Descriptors.readAll(process.log) == "")
  }

  @Test("waiting has a deadline")
  func waitDeadline() async throws {
    let process = try await WorkerSpawner.shared.spawn(PythonWorker.shell("exec sleep 1000"))
    #expect(try process.wait(deadline: .now + .milliseconds(20)) == nil)
    #expect(process.exitIfEnded() == nil)
    process.signal(SIGTERM)
    #expect(try process.wait()?.cause == .signalled(signal: SIGTERM))
  }

  @Test("a child that nobody holds any more is killed and collected")
  func abandonedChild() async throws {
    var process: SpawnedProcess? = try await WorkerSpawner.shared.spawn(PythonWorker.shell("exec sleep 1000"))
    let pid = try #require(process?.pid)
    #expect(Glibc.kill(pid, 0) == 0)
    process = nil
    #expect(await Eventually.holds { Glibc.kill(pid, 0) == -1 && errno == ESRCH })
  }

  @Test("kill to collected takes milliseconds")
  func killIsFast() async throws {
    let process = try await PythonWorker.spawn("send(b'up'); receive()")
    _ = try process.channel.receive()
    let before = ContinuousClock.now
    process.kill()
    _ = try process.wait()
    #expect(ContinuousClock.now - before < .seconds(1))
  }

  private func readLine(_ descriptor: OwnedDescriptor) throws -> String {
    try descriptor.withDescriptor { number in
      var text: [UInt8] = []
      var byte: UInt8 = 0
      while read(number, &byte, 1) == 1, byte != UInt8(ascii: "\n") { text.append(byte) }
      return String(decoding: text, as: UTF8.self)
    }
  }
}

/// Waiting for what happens a little later.
enum Eventually {
  /// Whether `condition` holds within ten seconds.
  static func holds(_ condition: () -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(10)
    while !condition() {
      guard ContinuousClock.now < deadline, (try? await Task.sleep(for: .milliseconds(2))) != nil else { return false }
    }
    return true
  }
}

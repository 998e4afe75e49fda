import CLinux
import Glibc
import Testing
import WorkerChannel

@Suite(.timeLimit(.minutes(10)))
struct WorkerProcessSetupTests {
  @Test("a worker finds its channel, binds itself to its parent and leaves when its orders end")
  func setUp() async throws {
    let process = try await WorkerRole.echo.spawn()
    try process.channel.send([1, 2, 3])
    #expect(try process.channel.receive()?.bytes == [1, 2, 3])
    // The process cannot be traced, and what the engine watches is still there to see.
    #expect(try #require(ProcessClock.cpuSeconds(process.pid)) >= 0)
    #expect(try #require(ResidentMemory.of(process.pid)) > 1 << 20)
    process.channel.endSending()
    #expect(try process.channel.receive() == nil)
    #expect(try process.wait()?.cause == .exited(code: 42))
  }

  @Test("a worker dies with its parent, however the parent ends")
  func diesWithParent() async throws {
    let parent = try await WorkerRole.parent.spawn()
    let worker = try #require(pid_t(String(try parent.channel.receive())))
    #expect(isAlive(worker))
    // The worker is in a group of its own, which this does not reach.
    parent.kill()
    #expect(try parent.wait()?.cause == .signalled(signal: SIGKILL))
    #expect(await Eventually.holds { !isAlive(worker) })
  }

  @Test("a parent that is gone already is noticed")
  func parentGone() async {
    await #expect(processExitsWith: .exitCode(42)) {
      do throws(ChannelFailure) {
        try WorkerProcessSetup.dieWithParent(expectedParent: getppid() + 1)
      } catch {
        exit(error.code == .parentGone ? 42 : 1)
      }
    }
  }

  @Test("a program without a channel on descriptor 3 says that it is a worker")
  func noChannel() async throws {
    let process = try await WorkerRole.unconnected.spawn()
    #expect(try process.wait()?.cause == .exited(code: 42))
  }

  @Test("inherited descriptors can be closed, those below stay")
  func closesDescriptors() async {
    await #expect(processExitsWith: .exitCode(42)) {
      // Far above what the test process itself has open.
      dup2(STDERR_FILENO, 199)
      dup2(STDERR_FILENO, 200)
      dup2(STDERR_FILENO, 900)
      try WorkerProcessSetup.closeDescriptors(from: 200)
      let isRight = fcntl(199, F_GETFD) >= 0 && fcntl(200, F_GETFD) == -1 && fcntl(900, F_GETFD) == -1
      exit(isRight ? 42 : 1)
    }
  }

  @Test("what a library prints on stdout goes to stderr, the real stdout stays for results")
  func protectedStdout() async throws {
    let process = try await WorkerRole.echo.spawn()
    process.channel.endSending()
    let output = try Descriptors.readAll(try #require(process.output))
    let log = try Descriptors.readAll(process.log)
    #expect(output.contains("printed as the result\n") && !output.contains("library"))
    #expect(log.contains("printed by a library\n") && !log.contains("result"))
  }

  /// Not gone, and not merely uncollected by whoever inherits orphans here.
  private func isAlive(_ process: pid_t) -> Bool {
    guard let file = fopen("/proc/\(process)/stat", "r") else { return false }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 1024)
    guard fgets(&line, 1024, file) != nil else { return false }
    let text = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard let nameEnd = text.lastIndex(of: ")") else { return false }
    return !text[nameEnd...].hasPrefix(") Z")
  }
}

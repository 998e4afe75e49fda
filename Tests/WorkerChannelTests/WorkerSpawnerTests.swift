import Foundation
import Glibc
import Testing
import WorkerChannel

@Suite(.timeLimit(.minutes(10)))
struct WorkerSpawnerTests {
  @Test("a thousand frames of up to 1 MB come back as they went")
  func thousandFrames() async throws {
    let process = try await PythonWorker.spawn(
      """
      while (frame := receive()) is not None: send(frame[0])
      """)
    var random = SystemRandomNumberGenerator()
    let block = Bytes.pattern(1 << 20, seed: random.next())
    for turn in 0..<1000 {
      // Mostly small, some of the full megabyte.
      let length = turn % 50 == 0 ? 1 << 20 : Int.random(in: 0...(turn % 5 == 0 ? 1 << 19 : 4096))
      let bytes = Array(block[..<length])
      async let sent: Void = Blocking.run { try process.channel.send(bytes) }
      let back = try #require(try await Blocking.run { try process.channel.receive() })
      try await sent
      try #require(Bytes.areEqual(back.bytes, bytes), "frame \(turn) of \(length) bytes")
    }
    process.channel.endSending()
    #expect(try process.channel.receive() == nil)
    #expect(try process.wait()?.cause == .exited(code: 0))
  }

  @Test("descriptors pass both ways")
  func descriptorsBothWays() async throws {
    let process = try await PythonWorker.spawn(
      """
      data, target = receive()
      os.write(target, b"written by the worker: " + data)
      os.close(target)
      reading, writing = os.pipe()
      os.write(writing, b"from the worker's own pipe")
      os.close(writing)
      send(b"here", reading)
      """)
    let pipe = Descriptors.pipe()
    try process.channel.send([UInt8]("hello"), descriptor: pipe.writing)
    pipe.writing.close()
    #expect(try Descriptors.readAll(pipe.reading) == "written by the worker: hello")
    let frame = try process.channel.receive()
    #expect(String(frame) == "here")
    #expect(try Descriptors.readAll(try #require(frame?.descriptor)) == "from the worker's own pipe")
  }

  @Test("a child has descriptors 0 to 3 and no other, whatever is open here")
  func noLeakedDescriptors() async throws {
    // On purpose without close-on-exec.
    let leaks = (0..<20).map { _ in open("/dev/null", O_RDONLY) }
    defer { leaks.forEach { close($0) } }
    let process = try await PythonWorker.spawn(
      """
      folder = os.open("/proc/self/fd", os.O_RDONLY)
      names = sorted(int(n) for n in os.listdir(folder) if int(n) != folder)
      names = [n for n in names if os.path.exists(f"/proc/self/fd/{n}") or n < 4]
      send(",".join(f"{n}:{os.readlink(f'/proc/self/fd/{n}').split(':')[0]}" for n in names).encode())
      """)
    #expect(String(try process.channel.receive()) == "0:/dev/null,1:/dev/null,2:pipe,3:socket")
  }

  @Test("the environment is what was given, nothing inherited")
  func environment() async throws {
    setenv("WORKER_CHANNEL_LEAK", "1", 1)
    var command = PythonWorker.shell("/usr/bin/env | /usr/bin/sort", capturesOutput: true)
    command.environment["ZWEI"] = "a=b c"
    let process = try await WorkerSpawner.shared.spawn(command)
    let lines = try Descriptors.readAll(try #require(process.output)).split(separator: "\n").map(String.init)
    // The shell adds PWD by itself.
    #expect(
      lines.filter { !$0.hasPrefix("PWD=") && !$0.hasPrefix("_=") } == [
        "OMP_THREAD_LIMIT=1", "PATH=/usr/bin:/bin", "SWIFT_BACKTRACE=enable=no", "ZWEI=a=b c",
      ])
  }

  @Test("working directory and niceness are the command's")
  func directoryAndNiceness() async throws {
    var command = PythonWorker.command(
      """
      receive()
      send(f"{os.getcwd()} {os.nice(0)}".encode())
      """)
    command.workingDirectory = "/usr/lib"
    command.niceness = 7
    let process = try await WorkerSpawner.shared.spawn(command)
    try process.channel.send([])
    #expect(String(try process.channel.receive()) == "/usr/lib 7")
  }

  @Test("a child that gives way leads a session, and as a whole gives way to the machine")
  func session() async throws {
    var command = PythonWorker.command("receive(); send(f'{os.getsid(0)} {os.getpgid(0)}'.encode()); receive()")
    command.niceness = 7
    let process = try await WorkerSpawner.shared.spawn(command)
    try process.channel.send([])
    #expect(String(try process.channel.receive()) == "\(process.pid) \(process.pid)")
    // Only kernels that schedule by session have the file.
    let path = "/proc/\(process.pid)/autogroup"
    guard FileManager.default.fileExists(atPath: path) else { return }
    // Others on the machine may have asked the kernel within the same tenth of a second.
    var line = ""
    for _ in 0..<100 where !line.hasSuffix("nice 7\n") {
      line = try String(contentsOfFile: path, encoding: .utf8)
      try await Task.sleep(for: .milliseconds(20))
    }
    #expect(line.hasSuffix("nice 7\n"))
  }

  @Test("a child starts with default signals, none blocked, in a group of its own")
  func signalsAndGroup() async throws {
    signal(SIGUSR2, SIG_IGN)
    defer { signal(SIGUSR2, SIG_DFL) }
    // The C library ignores signals 32 and 33, its own, in what it spawns.
    let command = PythonWorker.shell(
      """
      /usr/bin/sed -nE 's/^(SigBlk|SigIgn):.*(.)(.{7})$/\\1 \\3/p' /proc/self/status
      /usr/bin/cut -d' ' -f5 /proc/$$/stat
      """, capturesOutput: true)
    let process = try await WorkerSpawner.shared.spawn(command)
    let lines = try Descriptors.readAll(try #require(process.output)).split(separator: "\n").map(String.init)
    #expect(lines == ["SigBlk 0000000", "SigIgn 0000000", "\(process.pid)"])
  }

  @Test("stderr comes through the log pipe, stdout goes nowhere unless captured")
  func logAndOutput() async throws {
    let script = "echo out; echo err >&2"
    let silent = try await WorkerSpawner.shared.spawn(PythonWorker.shell(script))
    #expect(silent.output == nil)
    #expect(try Descriptors.readAll(silent.log) == "err\n")
    let captured = try await WorkerSpawner.shared.spawn(PythonWorker.shell(script, capturesOutput: true))
    #expect(try Descriptors.readAll(try #require(captured.output)) == "out\n")
  }

  @Test("the peer of a child's channel is the process that spawned it")
  func peer() async throws {
    let process = try await PythonWorker.spawn(
      """
      pid, uid, gid = struct.unpack("3i", channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))
      send(f"{pid} {os.getppid()}".encode())
      """)
    #expect(String(try process.channel.receive()) == "\(getpid()) \(getpid())")
    #expect(try process.channel.peer() == PeerCredentials(process: getpid(), user: getuid()))
  }

  @Test("a child bound to its parent's thread outlives the thread that asked for it")
  func permanentThread() async throws {
    // 1 is PR_SET_PDEATHSIG: it fires when the thread that spawned the child ends.
    let process = try await PythonWorker.spawn(
      """
      import ctypes
      ctypes.CDLL(None).prctl(1, 9, 0, 0, 0)
      send(b"bound")
      while (frame := receive()) is not None: send(frame[0])
      """)
    #expect(String(try process.channel.receive()) == "bound")
    // More than the time after which an idle pool thread would end.
    for turn in 0..<5 {
      try await Task.sleep(for: .milliseconds(50))
      try process.channel.send([UInt8(turn)])
      #expect(try process.channel.receive()?.bytes == [UInt8(turn)])
    }
  }

  @Test(
    "what cannot be started is said, with the reason",
    arguments: [
      (WorkerCommand(executable: "/no/such/program", environment: [:]), "posix_spawn"),
      (WorkerCommand(executable: "/etc/passwd", environment: [:]), "posix_spawn"),
      (WorkerCommand(executable: "/bin/true", environment: [:], workingDirectory: "/no/such/folder"), "posix_spawn"),
      (WorkerCommand(executable: "true", environment: [:]), "not an absolute path"),
      (WorkerCommand(executable: "/bin/true", arguments: ["a\0b"], environment: [:]), "zero byte"),
      (WorkerCommand(executable: "/bin/true", environment: ["A=B": "c"]), "name is empty or contains ="),
      (WorkerCommand(executable: "/bin/true", environment: [:], niceness: 20), "niceness 20"),
    ])
  func refused(command: WorkerCommand, reason: String) async throws {
    let failure = await #expect(throws: ChannelFailure.self) {
      try await WorkerSpawner.shared.spawn(command)
    }
    #expect(try #require(failure).description.contains(reason))
  }

  @Test("fifty children at once get channels of their own")
  func manyAtOnce() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<50 {
        group.addTask {
          let process = try await WorkerSpawner.shared.spawn(
            PythonWorker.shell("printf '\\000\\000\\000\\002%02d' \(index) >&3; exit \(index)"))
          #expect(String(try process.channel.receive()) == (index < 10 ? "0\(index)" : "\(index)"))
          #expect(try process.channel.receive() == nil)
          #expect(try process.wait()?.cause == .exited(code: Int32(index)))
        }
      }
      try await group.waitForAll()
    }
  }
}

import CLinux
import Glibc
import Testing
import WorkerChannel

/// A part that this test program plays when it is spawned as a worker: set-up can only be tried in a process that
/// was started the way workers are.
enum WorkerRole: String {
  /// Sets itself up as a worker does, then sends back what it gets.
  case echo
  /// Starts another `echo`, sends its process id, and waits.
  case parent
  /// Finds no socket on descriptor 3.
  case unconnected

  private static let variable = "WORKER_CHANNEL_ROLE"

  /// The part this process was started for.
  static var current: WorkerRole? { getenv(variable).flatMap { WorkerRole(rawValue: String(cString: $0)) } }

  func spawn() async throws -> SpawnedProcess {
    var environment = PythonWorker.environment
    environment[Self.variable] = rawValue
    environment["LD_LIBRARY_PATH"] = getenv("LD_LIBRARY_PATH").map { String(cString: $0) }
    return try await WorkerSpawner.shared.spawn(
      WorkerCommand(
        executable: try Self.ownProgram(),
        arguments: ["--testing-library", "swift-testing", "--filter", "WorkerRolePlayer"], environment: environment,
        capturesOutput: true))
  }

  private static func ownProgram() throws -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = readlink("/proc/self/exe", &path, Int(PATH_MAX))
    try #require(length > 0)
    return String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  fileprivate func play() async throws -> Int32 {
    switch self {
    case .echo: try Self.echo()
    case .parent: try await Self.startChild()
    case .unconnected: Self.openNothing()
    }
  }

  private static func echo() throws -> Int32 {
    let output = try ProtectedStdout.install()
    let channel = try WorkerProcessSetup.openChannel()
    try WorkerProcessSetup.dieWithParent(expectedParent: try channel.peer().process)
    try WorkerProcessSetup.forbidNewPrivileges()
    try WorkerProcessSetup.forbidDumps()
    puts("printed by a library")
    try output.withDescriptor { #expect(write($0, "printed as the result\n", 22) == 22) }
    guard fcntl(WorkerProcessSetup.channelDescriptor, F_GETFD) & FD_CLOEXEC != 0 else { return 2 }
    guard clinux_parent_death_signal() == SIGKILL else { return 3 }
    while let frame = try channel.receive() { try channel.send(frame.bytes) }
    return 42
  }

  private static func startChild() async throws -> Int32 {
    let channel = try WorkerProcessSetup.openChannel()
    let child = try await WorkerRole.echo.spawn()
    try child.channel.send([UInt8]("set up?"))
    // Its answer comes after it has bound itself to this process.
    guard try child.channel.receive() != nil else { return 2 }
    try channel.send([UInt8]("\(child.pid)"))
    _ = try channel.receive()
    return 3
  }

  private static func openNothing() -> Int32 {
    let descriptor = WorkerProcessSetup.channelDescriptor
    dup2(STDIN_FILENO, descriptor)
    do throws(ChannelFailure) {
      _ = try WorkerProcessSetup.openChannel()
      return 1
    } catch {
      let isLeftOpen = fcntl(descriptor, F_GETFD) >= 0
      return error.description.contains("started by the engine") && isLeftOpen ? 42 : 2
    }
  }
}

@Suite(.enabled(if: WorkerRole.current != nil, "the part of a worker, played in processes that other tests spawn"))
struct WorkerRolePlayer {
  @Test("plays its part and exits")
  func play() async throws {
    let role = try #require(WorkerRole.current)
    exit(try await role.play())
  }
}

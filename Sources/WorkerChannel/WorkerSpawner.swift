import CLinux
import Glibc
import Synchronization
import Threads

/// Starts child processes, all from one thread that never ends.
///
/// The kernel sends the parent-death signal when the *thread* that started a child ends (prctl(2),
/// PR_SET_PDEATHSIG), so a thread of a pool would take its workers with it.
package final class WorkerSpawner: Sendable {
  /// The one of this process.
  package static let shared = WorkerSpawner()

  private struct State {
    var wake: WakeSignal?
    var requests: [@Sendable () -> Void] = []
  }
  private let state = Mutex(State())

  private init() {}

  /// Starts a program.
  ///
  /// The child has: the channel on descriptor 3, stdin from /dev/null, stderr into a pipe, stdout to /dev/null (or a
  /// pipe), no other descriptor; a process group of its own, and a session if it gives way; default signal actions and
  /// none blocked.
  /// - Throws: `invalidCommand` or `system`, also when the program or the working directory does not exist.
  package func spawn(_ command: WorkerCommand) async throws(ChannelFailure) -> SpawnedProcess {
    try command.validate()
    let wake = try startThread()
    let result: Result<SpawnedProcess, ChannelFailure> = await withCheckedContinuation { continuation in
      state.withLock { state in
        state.requests.append {
          continuation.resume(returning: Result { () throws(ChannelFailure) in try Self.start(command) })
        }
      }
      wake.signal()
    }
    let process = try result.get()
    if command.niceness > 0, !process.setSessionNiceness(command.niceness) { Self.askAgain(process, command.niceness) }
    return process
  }

  /// Users other than root may set a session's niceness ten times a second on the whole machine, and workers start
  /// several at a time.
  private static func askAgain(_ process: SpawnedProcess, _ niceness: Int) {
    Task { [weak process] in
      for _ in 0..<attempts {
        // Never cancelled: nobody holds this task.
        try? await Task.sleep(for: patience)
        guard let process, !process.setSessionNiceness(niceness) else { return }
      }
    }
  }

  /// Longer than the kernel's tenth of a second.
  private static let patience = Duration.milliseconds(110)
  /// As many as there could be workers that are started at once.
  private static let attempts = 64

  private func startThread() throws(ChannelFailure) -> WakeSignal {
    try state.withLock { (state) throws(ChannelFailure) in
      if let wake = state.wake { return wake }
      let wake = try WakeSignal()
      do throws(ThreadFailure) { try DedicatedThread.start("spawner") { self.serve(wake) } } catch {
        throw ChannelFailure(error)
      }
      state.wake = wake
      return wake
    }
  }

  private func serve(_ wake: WakeSignal) {
    Self.keepExitStatuses()
    while true {
      let requests = state.withLock { state in
        defer { state.requests = [] }
        return state.requests
      }
      requests.forEach { $0() }
      // poll can fail only for want of kernel memory; then it is asked again.
      if requests.isEmpty { try? wake.wait() }
    }
  }

  /// A process that was itself started with SIGCHLD ignored would lose the exit statuses of its children.
  private static func keepExitStatuses() {
    var action = sigaction()
    sigaction(SIGCHLD, nil, &action)
    let isIgnored = action.__sigaction_handler.sa_handler.map { unsafeBitCast($0, to: Int.self) == 1 } ?? false
    if isIgnored { signal(SIGCHLD, SIG_DFL) }
  }

  private static func start(_ command: WorkerCommand) throws(ChannelFailure) -> SpawnedProcess {
    let (socket, childSocket) = try FrameChannel.descriptorPair()
    let log = try OutputPipe()
    let output = command.capturesOutput ? try OutputPipe() : nil
    let process = try childSocket.aboveStandard().lend { (channel) throws(ChannelFailure) in
      try log.writing.aboveStandard().lend { (log) throws(ChannelFailure) in
        try run(command, channel: channel, log: log, output: output?.writing.aboveStandard())
      }
    }
    // Only the child holds its ends now: its end is the end of the streams.
    [childSocket, log.writing, output?.writing].forEach { $0?.close() }
    return try SpawnedProcess(
      adopting: process, channel: FrameChannel(adopting: socket), log: log.reading, output: output?.reading,
      niceness: command.niceness)
  }

  private static func run(
    _ command: WorkerCommand, channel: Int32, log: Int32, output: OwnedDescriptor?
  ) throws(ChannelFailure) -> pid_t {
    guard let output else { return try SpawnRequest(command: command, channel: channel, log: log, output: nil).run() }
    return try output.lend { (output) throws(ChannelFailure) in
      try SpawnRequest(command: command, channel: channel, log: log, output: output).run()
    }
  }
}

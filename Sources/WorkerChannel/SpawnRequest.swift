import CLinux
import Glibc

/// posix_spawn with what a worker needs: the channel on descriptor 3 and nothing above, stderr into a pipe, a
/// process group of its own, default signals, an empty signal mask.
struct SpawnRequest {
  let command: WorkerCommand
  /// The child's ends, each numbered 4 or more, so that filling 0 to 3 overwrites none of them.
  let channel: Int32
  let log: Int32
  let output: Int32?

  /// Runs the program.
  /// - Returns: the child's process id; it is also that of its process group, and of its session if it has one.
  func run() throws(ChannelFailure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    try check(posix_spawn_file_actions_init(&actions), "posix_spawn_file_actions_init")
    defer { posix_spawn_file_actions_destroy(&actions) }
    try fill(&actions)

    var attributes = posix_spawnattr_t()
    try check(posix_spawnattr_init(&attributes), "posix_spawnattr_init")
    defer { posix_spawnattr_destroy(&attributes) }
    try fill(&attributes)

    var process: pid_t = 0
    let code = Self.withCStrings([command.executable] + command.arguments) { arguments in
      Self.withCStrings(command.environmentEntries) { environment in
        posix_spawn(&process, command.executable, &actions, &attributes, arguments, environment)
      }
    }
    guard code == 0 else {
      throw ChannelFailure(
        .system(call: "posix_spawn", errno: code), during: "start \(command.executable)",
        hint: "check that the program exists and may be executed"
          + (command.workingDirectory.map { ", and that the folder \($0) exists" } ?? ""))
    }
    return process
  }

  private func fill(_ actions: inout posix_spawn_file_actions_t) throws(ChannelFailure) {
    try check(posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0), "addopen")
    if let output {
      try check(posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO), "adddup2")
    } else {
      try check(posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0), "addopen")
    }
    try check(posix_spawn_file_actions_adddup2(&actions, log, STDERR_FILENO), "adddup2")
    let target = WorkerProcessSetup.channelDescriptor
    try check(posix_spawn_file_actions_adddup2(&actions, channel, target), "adddup2")
    try check(-clinux_spawn_add_close_from(&actions, target + 1), "addclosefrom")
    if let folder = command.workingDirectory {
      try check(-clinux_spawn_add_change_directory(&actions, folder), "addchdir")
    }
  }

  private func fill(_ attributes: inout posix_spawnattr_t) throws(ChannelFailure) {
    // Among sessions the kernel may schedule by session, and a thread's niceness then counts only within its own: what is
    // to give way to the whole machine, the kernel's own threads included, needs one of its own.
    let group = command.niceness > 0 ? Int32(clinux_spawn_new_session) : POSIX_SPAWN_SETPGROUP
    let flags = group | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    try check(posix_spawnattr_setflags(&attributes, Int16(flags)), "setflags")
    if command.niceness == 0 { try check(posix_spawnattr_setpgroup(&attributes, 0), "setpgroup") }
    var signals = sigset_t()
    sigfillset(&signals)
    try check(posix_spawnattr_setsigdefault(&attributes, &signals), "setsigdefault")
    sigemptyset(&signals)
    try check(posix_spawnattr_setsigmask(&attributes, &signals), "setsigmask")
  }

  private func check(_ code: Int32, _ call: String) throws(ChannelFailure) {
    guard code != 0 else { return }
    throw ChannelFailure(.system(call: call, errno: code), during: "start \(command.executable)")
  }

  /// Lends the strings as a C array that ends with NULL.
  private static func withCStrings(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
  ) -> Int32 {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    // Out of memory: a missing string would end the array early.
    if copies.contains(where: { $0 == nil }) { return ENOMEM }
    return body(copies + [nil])
  }
}

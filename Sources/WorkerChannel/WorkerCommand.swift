/// What to run as a child process, and in which surroundings.
package struct WorkerCommand: Sendable, Hashable {
  /// Absolute path of the program.
  package var executable: String
  /// What follows the program's name.
  package var arguments: [String]
  /// The whole environment; nothing is inherited. Workers need `OMP_THREAD_LIMIT=1` and
  /// `SWIFT_BACKTRACE=enable=no` in it.
  package var environment: [String: String]
  /// Nil keeps the parent's.
  package var workingDirectory: String?
  /// 0 to 19: how much the child's threads give way to others. One that gives way leads a session of its own.
  package var niceness: Int
  /// Whether stdout comes to the parent through a pipe rather than going to /dev/null.
  package var capturesOutput: Bool

  package init(
    executable: String, arguments: [String] = [], environment: [String: String], workingDirectory: String? = nil,
    niceness: Int = 0, capturesOutput: Bool = false
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.niceness = niceness
    self.capturesOutput = capturesOutput
  }
}

extension WorkerCommand {
  /// `NAME=value`, sorted, so that two starts of one command are alike.
  var environmentEntries: [String] {
    environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  }

  /// Refuses what exec would misread.
  func validate() throws(ChannelFailure) {
    let strings = [executable] + arguments + environmentEntries + (workingDirectory.map { [$0] } ?? [])
    if !executable.hasPrefix("/") { throw refusal("the program is not an absolute path: \(executable)") }
    if strings.contains(where: { $0.utf8.contains(0) }) { throw refusal("a string contains a zero byte") }
    if environment.keys.contains(where: { $0.isEmpty || $0.contains("=") }) {
      throw refusal("a variable's name is empty or contains =")
    }
    if !(0...19).contains(niceness) { throw refusal("niceness \(niceness) is not from 0 to 19") }
  }

  private func refusal(_ why: String) -> ChannelFailure {
    ChannelFailure(.invalidCommand(why), during: "start a process")
  }
}

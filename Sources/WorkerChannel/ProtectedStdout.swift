import CLinux
import Glibc

/// Keeps stdout clean of what native libraries print.
package enum ProtectedStdout {
  /// From now on whatever is printed on descriptor 1 goes to stderr, line by line.
  ///
  /// - Returns: the real stdout, for a command whose result belongs there; close-on-exec.
  @discardableResult
  package static func install() throws(ChannelFailure) -> OwnedDescriptor {
    // What was printed before belongs where it was meant to go.
    fflush(nil)
    let operation = "protect stdout"
    let real = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, WorkerProcessSetup.channelDescriptor + 1)
    guard real >= 0 else { throw ChannelFailure(.system(call: "fcntl", errno: errno), during: operation) }
    let owned = OwnedDescriptor(adopting: real)
    guard dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
      throw ChannelFailure(.system(call: "dup2", errno: errno), during: operation)
    }
    try ChannelFailure.checking(clinux_line_buffer_stdout(), "setvbuf", during: operation)
    return owned
  }
}

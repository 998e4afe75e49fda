import CLinux
import Glibc

/// What a worker does first, in its own process: exec has no hook for it.
package enum WorkerProcessSetup {
  /// Where a spawned worker finds its channel.
  package static let channelDescriptor: Int32 = 3

  /// The channel to the process that started this one.
  ///
  /// - Throws: `system` if descriptor 3 is no connected socket: the program was not started as a worker.
  package static func openChannel(maximumFrameLength: Int = FrameChannel.defaultMaximumFrameLength)
    throws(ChannelFailure) -> FrameChannel
  {
    var process: pid_t = 0
    var user: uid_t = 0
    // Asked before it is owned: a foreign descriptor 3 is not ours to close.
    let result = clinux_peer(channelDescriptor, &process, &user)
    guard result >= 0 else {
      throw ChannelFailure(
        .system(call: "getsockopt", errno: -result), during: "open the worker's channel",
        hint: "workers are started by the engine, not by hand")
    }
    // What this process starts shall not hold the channel open.
    _ = fcntl(channelDescriptor, F_SETFD, FD_CLOEXEC)
    return FrameChannel(
      adopting: OwnedDescriptor(adopting: channelDescriptor), maximumFrameLength: maximumFrameLength)
  }

  /// Makes the kernel kill this process when its parent ends.
  ///
  /// - Parameter expectedParent: the process that started this one: `channel.peer().process`.
  /// - Throws: `parentGone` if it ended before this call: then no signal will come, and the caller should exit.
  package static func dieWithParent(expectedParent: pid_t) throws(ChannelFailure) {
    let operation = "bind this process to its parent"
    try ChannelFailure.checking(clinux_set_parent_death_signal(SIGKILL), "prctl", during: operation)
    guard getppid() == expectedParent else { throw ChannelFailure(.parentGone, during: operation) }
  }

  /// Closes every descriptor from `first` on: by default all above the channel. A worker that was spawned has none;
  /// call it before any thread or library opens its own.
  package static func closeDescriptors(from first: Int32 = channelDescriptor + 1) throws(ChannelFailure) {
    try ChannelFailure.checking(
      clinux_close_from(UInt32(max(0, first))), "close_range", during: "close inherited descriptors")
  }

  /// Gives up for good any gain of privileges by exec; seccomp and Landlock ask for it.
  package static func forbidNewPrivileges() throws(ChannelFailure) {
    try ChannelFailure.checking(clinux_set_no_new_privileges(), "prctl", during: "forbid new privileges")
  }

  /// Forbids core dumps, which would hold document text, and tracing by other processes of the user.
  package static func forbidDumps() throws(ChannelFailure) {
    try ChannelFailure.checking(clinux_set_dumpable(false), "prctl", during: "forbid core dumps")
  }
}

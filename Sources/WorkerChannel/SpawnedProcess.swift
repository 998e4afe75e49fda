import CLinux
import Glibc
import Synchronization
import Threads

/// A child process from its start until its exit status has been collected.
///
/// Signals are sent and the status is collected under one lock, and only while it is uncollected: until then the
/// kernel gives the process id and its group to nobody else. A child that nobody waits for is killed and collected
/// when its last owner lets go.
package final class SpawnedProcess: Sendable {
  /// Process id, and id of the process group that the child leads.
  package let pid: pid_t
  /// Readable as soon as the process has ended.
  package let pidfd: OwnedDescriptor
  /// The other end of the child's descriptor 3.
  package let channel: FrameChannel
  /// What the child writes to stderr. A child whose log nobody reads stands still once the pipe is full (64 kB).
  package let log: OwnedDescriptor
  /// What it writes to stdout, if the command captures it.
  package let output: OwnedDescriptor?

  private let exit = Mutex<ProcessExit?>(nil)

  /// What the kernel has been told last, and when.
  private struct ProcessorLimit {
    let seconds: Double
    let set: ContinuousClock.Instant
  }

  private let processorLimit = Mutex<ProcessorLimit?>(nil)

  init(
    adopting pid: pid_t, channel: FrameChannel, log: OwnedDescriptor, output: OwnedDescriptor?, niceness: Int
  ) throws(ChannelFailure) {
    do throws(ChannelFailure) {
      pidfd = OwnedDescriptor(
        adopting: try ChannelFailure.checking(clinux_pidfd_open(pid), "pidfd_open", during: "watch a process"))
      if niceness > 0 {
        let result = clinux_set_group_niceness(pid, Int32(niceness))
        try ChannelFailure.checking(result, "setpriority", during: "set the niceness of a process")
      }
    } catch {
      // No owner comes to be, hence no deinit: the child is ended here.
      Self.discard(pid)
      throw error
    }
    self.pid = pid
    self.channel = channel
    self.log = log
    self.output = output
  }

  deinit {
    if exit.withLock({ $0 == nil }) { Self.discard(pid) }
  }

  /// Ends the process and everything in its group, now. Does nothing once the exit status is collected.
  package func kill() { signal(SIGKILL) }

  /// Sends a signal to the process and everything in its group. Does nothing once the exit status is collected.
  package func signal(_ number: Int32) {
    exit.withLock { exit in
      // It fails only if every member is a zombie already.
      if exit == nil { _ = Glibc.kill(-pid, number) }
    }
  }

  /// Has the process's session give way to others as far as its threads do.
  ///
  /// - Returns: false where the kernel wants to be asked again a tenth of a second later.
  func setSessionNiceness(_ niceness: Int) -> Bool {
    exit.withLock { exit in
      // Kernels that do not schedule by session have nothing to set, and its threads' niceness is enough there.
      exit != nil || clinux_set_session_niceness(pid, Int32(niceness)) != -EAGAIN
    }
  }

  /// Has the kernel end the process, with SIGXCPU, once it has used so many processor seconds more than it has now.
  ///
  /// A backstop that holds when this process stands still; where the kernel refuses it, there is none.
  /// It may be up to an eighth later, so that not every unit of a worker has to be begun with a look at what it has used.
  package func limitProcessor(toFurther seconds: Double) {
    let now = ContinuousClock.now
    let spare = seconds * Self.latitude
    let isEnough = processorLimit.withLock { limit in
      // All that its threads can have used since then.
      guard let limit, limit.seconds == seconds else { return false }
      return (now - limit.set) / .seconds(1) * Self.processors < spare
    }
    guard !isEnough else { return }
    exit.withLock { exit in
      guard exit == nil, let used = ProcessClock.cpuSeconds(pid) else { return }
      _ = clinux_limit_processor(pid, UInt64(max(1, (used + seconds + spare).rounded(.up))))
    }
    processorLimit.withLock { $0 = ProcessorLimit(seconds: seconds, set: now) }
  }

  private static let latitude = 1.0 / 8
  private static let processors = Double(max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1))

  /// Whether, and how, the process has ended; never waits. Whatever is left of its group dies with it.
  package func exitIfEnded() -> ProcessExit? {
    exit.withLock { exit in
      if exit == nil { exit = Self.collect(pid, mayWait: false) }
      return exit
    }
  }

  /// Waits for the end of the process and collects its status. Any number of threads may wait.
  ///
  /// - Returns: nil if the deadline passed first.
  package func wait(deadline: ContinuousClock.Instant? = nil) throws(ChannelFailure) -> ProcessExit? {
    while true {
      if let exit = exitIfEnded() { return exit }
      let hasEnded = try pidfd.lend { (descriptor) throws(ChannelFailure) in
        try Readiness.wait(for: Readiness.readable, on: descriptor, until: deadline)
      }
      guard hasEnded else { return nil }
    }
  }

  /// - Returns: nil if the process lives.
  private static func collect(_ pid: pid_t, mayWait: Bool) -> ProcessExit? {
    // Looks without collecting: the group must be ended while the dead leader still reserves its number.
    var information = siginfo_t()
    let options = WEXITED | WNOWAIT | (mayWait ? 0 : WNOHANG)
    while waitid(P_PID, id_t(pid), &information, options) < 0 {
      guard errno == EINTR else { return ProcessExit(cause: .unknown) }
    }
    guard information.si_signo == SIGCHLD else { return nil }
    _ = Glibc.kill(-pid, SIGKILL)

    var status: Int32 = 0
    var usage = rusage()
    while wait4(pid, &status, 0, &usage) < 0 {
      guard errno == EINTR else { return ProcessExit(cause: .unknown) }
    }
    return ProcessExit(status: status, usage: usage)
  }

  /// Ends a child that has no owner any more, without making the caller wait for the kernel.
  private static func discard(_ pid: pid_t) {
    _ = Glibc.kill(-pid, SIGKILL)
    if collect(pid, mayWait: false) != nil { return }
    do {
      try DedicatedThread.start("reaper") { _ = collect(pid, mayWait: true) }
    } catch {
      // No thread to be had: then the caller waits, usually for less than a millisecond.
      _ = collect(pid, mayWait: true)
    }
  }
}

import Glibc

/// How a process ended and what it used. A crash or a kill is a result like any other.
package struct ProcessExit: Sendable, Hashable {
  package enum Cause: Sendable, Hashable {
    /// It returned from main or called exit; 0 to 255.
    case exited(code: Int32)
    /// A signal ended it: 4 for a Swift trap, 6 abort, 9 kill, 11 a bad address, 24 the limit on CPU time.
    case signalled(signal: Int32)
    /// Somebody else in this process collected the status.
    case unknown
  }

  package let cause: Cause
  /// CPU time of the process and of its children that it waited for, seconds.
  package let userSeconds: Double
  package let systemSeconds: Double
  /// The largest resident memory that it (or a child it waited for) ever had, bytes; at least what this process had
  /// when it started it, since the two share their memory until exec.
  package let peakResidentBytes: Int

  /// Whether it ended by its own will and reports success.
  package var isSuccess: Bool { cause == .exited(code: 0) }

  package init(cause: Cause, userSeconds: Double = 0, systemSeconds: Double = 0, peakResidentBytes: Int = 0) {
    self.cause = cause
    self.userSeconds = userSeconds
    self.systemSeconds = systemSeconds
    self.peakResidentBytes = peakResidentBytes
  }
}

extension ProcessExit {
  /// What wait4 told. The macros of <sys/wait.h> do not reach Swift: the low seven bits are the signal, the next
  /// eight the code.
  init(status: Int32, usage: rusage) {
    let signal = status & 0x7f
    self.init(
      cause: signal == 0 ? .exited(code: (status >> 8) & 0xff) : .signalled(signal: signal),
      userSeconds: Self.seconds(usage.ru_utime), systemSeconds: Self.seconds(usage.ru_stime),
      // Linux counts ru_maxrss in kilobytes.
      peakResidentBytes: usage.ru_maxrss * 1024)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }
}

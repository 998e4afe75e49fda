import Glibc

/// Waiting until descriptors are ready.
enum Readiness {
  /// What to wait for.
  static let readable = Int16(POLLIN)
  static let writable = Int16(POLLOUT)

  /// Waits until one of `entries` is ready, whatever signals arrive meanwhile.
  ///
  /// - Parameter deadline: nil waits for as long as it takes.
  /// - Returns: false if the deadline passed first.
  static func wait(_ entries: inout [pollfd], until deadline: ContinuousClock.Instant? = nil) throws(ChannelFailure)
    -> Bool
  {
    while true {
      let ready = poll(&entries, nfds_t(entries.count), milliseconds(until: deadline))
      if ready > 0 { return true }
      if ready == 0 {
        // poll rounds to its tick; the deadline has the last word.
        if let deadline, ContinuousClock.now < deadline { continue }
        return false
      }
      let code = errno
      guard code == EINTR else { throw ChannelFailure(.system(call: "poll", errno: code), during: "wait") }
    }
  }

  /// Waits for one descriptor.
  static func wait(
    for events: Int16, on descriptor: Int32, until deadline: ContinuousClock.Instant?
  ) throws(ChannelFailure) -> Bool {
    var entries = [pollfd(fd: descriptor, events: events, revents: 0)]
    return try wait(&entries, until: deadline)
  }

  /// Time left for poll, rounded up so that it does not spin through the last millisecond; −1 without a deadline.
  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
    guard let deadline else { return -1 }
    let left = ContinuousClock.now.duration(to: deadline)
    guard left > .zero else { return 0 }
    // An hour at a time: poll counts in 32 bits, and the caller loops.
    guard left < .seconds(3600) else { return 3_600_000 }
    let (seconds, attoseconds) = left.components
    return Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1)
  }
}

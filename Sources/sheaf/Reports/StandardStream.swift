#if canImport(Glibc)
  import Glibc
#endif

/// Standard output and standard error, without a buffer: what was said has been said, whatever comes next.
enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  /// Writes all of it; a reader that went away is no failure of ours.
  ///
  /// - Returns: whether somebody took it.
  @discardableResult
  func write(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes { write($0) } }

  @discardableResult
  func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(rawValue, rest.baseAddress, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        guard errno == EAGAIN, wait() else { return false }
        continue
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return true
  }

  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Whether somebody can answer.
  static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// Columns and lines of the terminal; 80 by 24 where it does not say.
  var size: (columns: Int, rows: Int) {
    var size = winsize()
    guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
    return (Int(size.ws_col), size.ws_row > 0 ? Int(size.ws_row) : 24)
  }

  /// Somebody may have made the stream one that never blocks; then it is waited for here.
  private func wait() -> Bool {
    var ready = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
    return poll(&ready, 1, -1) > 0 || errno == EINTR
  }
}

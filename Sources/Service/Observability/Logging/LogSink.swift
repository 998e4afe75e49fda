import CoreMetrics
import Dispatch
import Logging
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// Where lines go: gathered in memory and written by a thread of its own, so that nobody who logs waits for whoever
/// reads the log.
final class LogSink: Sendable {
  private struct State {
    var pending: [UInt8] = []
    var isWriting = false
    var dropped = 0
  }

  private let descriptor: Int32
  private let limit: Int
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "sheaf-log")

  static let standardError = LogSink(descriptor: STDERR_FILENO)

  /// Bytes that wait at most: some ten thousand lines, while whoever reads the log stands still.
  private static let standardLimit = 4 << 20

  init(descriptor: Int32, limit: Int = LogSink.standardLimit) {
    self.descriptor = descriptor
    self.limit = limit
  }

  /// Takes a line with its end. One that finds no room is dropped, and counted.
  func write(_ line: [UInt8], level: Logger.Level) {
    let (isTaken, starts) = state.withLock { state in
      guard state.pending.count + line.count <= limit else {
        state.dropped += 1
        return (false, false)
      }
      state.pending += line
      defer { state.isWriting = true }
      return (true, !state.isWriting)
    }
    // Counted, since what is not told in the log must be told somewhere.
    if isTaken {
      Counter(label: "sheaf_log_lines_total", dimensions: [("level", level.rawValue)]).increment()
    } else {
      Counter(label: "sheaf_log_lines_dropped_total").increment()
    }
    if starts { queue.async { self.drain() } }
  }

  /// Waits until everything taken so far is written, but no longer than a moment: whoever reads the log may stand still,
  /// and the program ends nevertheless.
  func flush(within limit: DispatchTimeInterval = LogSink.longestFlush) {
    let written = DispatchSemaphore(value: 0)
    queue.async { written.signal() }
    // What is not written by then is lost with the program.
    _ = written.wait(timeout: .now() + limit)
  }

  static let longestFlush = DispatchTimeInterval.milliseconds(500)

  private func drain() {
    while true {
      let bytes = state.withLock { state in
        var bytes = state.pending
        state.pending = []
        if state.dropped > 0, !bytes.isEmpty {
          bytes += LogLine.json(.warning, "log lines were dropped", ["count": "\(state.dropped)"])
          state.dropped = 0
        }
        if bytes.isEmpty { state.isWriting = false }
        return bytes
      }
      guard !bytes.isEmpty else { return }
      writeAll(bytes)
    }
  }

  private func writeAll(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written < 0, errno == EINTR { continue }
        if written < 0, errno == EAGAIN {
          usleep(Self.pause)
          continue
        }
        // Standard error is closed: what cannot be logged cannot be told anywhere.
        guard written > 0 else { return }
        rest = rest.dropFirst(written)
      }
    }
  }

  /// Microseconds before another try, where standard error does not block and is full.
  private static let pause: UInt32 = 10_000
}

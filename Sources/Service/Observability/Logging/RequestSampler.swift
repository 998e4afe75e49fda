import Synchronization

/// Lets through so many requests a second to the log, and counts the others: a log that tells everything of a flood
/// tells nothing.
final class RequestSampler: Sendable {
  private struct Window {
    var second: Int64 = 0
    var told = 0
    var skipped = 0
  }

  /// Ordinary requests a second that are logged; people read no more, and a flood's start is in it.
  static let standardRate = 20

  private let rate: Int
  private let window = Mutex(Window())

  init(rate: Int = RequestSampler.standardRate) { self.rate = rate }

  /// - Parameter now: seconds of any clock that only goes forward.
  /// - Returns: how many were skipped since the last that was told; nil where this one is skipped, too.
  func admit(now: Int64) -> Int? {
    window.withLock { window in
      if now != window.second {
        window.second = now
        window.told = 0
      }
      guard window.told < rate else {
        window.skipped += 1
        return nil
      }
      window.told += 1
      defer { window.skipped = 0 }
      return window.skipped
    }
  }
}

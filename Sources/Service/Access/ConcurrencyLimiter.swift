import Synchronization

/// Counts what each of many names has in work; names with nothing in work cost nothing.
final class ConcurrencyLimiter: Sendable {
  private let counts = Mutex<[String: Int]>([:])

  /// - Returns: whether there was room; if so, `leave` must follow.
  func enter(_ name: String, limit: Int) -> Bool {
    counts.withLock { counts in
      let count = counts[name, default: 0]
      guard count < limit else { return false }
      counts[name] = count + 1
      return true
    }
  }

  func leave(_ name: String) {
    counts.withLock { counts in
      let count = counts[name, default: 0]
      counts[name] = count > 1 ? count - 1 : nil
    }
  }

  var names: Int { counts.withLock { $0.count } }
}

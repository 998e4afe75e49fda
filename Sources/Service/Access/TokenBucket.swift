import EventLoop

/// Lets a rate through, and a burst after a rest.
struct TokenBucket: Sendable {
  /// Per second.
  private let rate: Double
  private let burst: Double
  private var tokens: Double
  private var filled: LoopInstant

  init(rate: Double, burst: Int, now: LoopInstant) {
    self.rate = rate
    self.burst = Double(burst)
    tokens = self.burst
    filled = now
  }

  /// Whether the limits are these.
  func has(rate: Double, burst: Int) -> Bool { self.rate == rate && self.burst == Double(burst) }

  /// Takes one.
  ///
  /// - Returns: nil if there was one, else for how many seconds to wait.
  mutating func take(now: LoopInstant) -> Double? {
    tokens = min(burst, tokens + max(0, now.since(filled).inSeconds) * rate)
    filled = now
    guard tokens < 1 else {
      tokens -= 1
      return nil
    }
    return (1 - tokens) / rate
  }
}

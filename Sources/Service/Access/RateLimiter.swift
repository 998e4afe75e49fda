import EventLoop
import Synchronization

/// A token bucket for each of many names; those that were not heard of for longest are forgotten first, which fills
/// them again.
final class RateLimiter: Sendable {
  private let buckets: Mutex<RecentMap<String, TokenBucket>>
  private let clock: any LoopClock

  init(capacity: Int, clock: any LoopClock) {
    buckets = Mutex(RecentMap(capacity: capacity))
    self.clock = clock
  }

  /// - Returns: nil if the name may go on, else for how many seconds it has to wait.
  func take(_ name: String, rate: Double, burst: Int) -> Double? {
    let now = clock.now
    return buckets.withLock { buckets in
      var bucket = buckets[name] ?? TokenBucket(rate: rate, burst: burst, now: now)
      if !bucket.has(rate: rate, burst: burst) { bucket = TokenBucket(rate: rate, burst: burst, now: now) }
      let wait = bucket.take(now: now)
      buckets[name] = bucket
      return wait
    }
  }

  var count: Int { buckets.withLock { $0.count } }
}

import EventLoop
import Testing

@testable import Service

@Suite("Rates and concurrency")
struct RateLimiterTests {
  @Test("a burst passes, then the rate, and the wait that is told suffices")
  func rate() throws {
    let clock = ManualLoopClock()
    let limiter = RateLimiter(capacity: 10, clock: clock)
    for _ in 0..<5 { #expect(limiter.take("a", rate: 2, burst: 5) == nil) }
    let wait = try #require(limiter.take("a", rate: 2, burst: 5))
    #expect(abs(wait - 0.5) < 1e-9)
    clock.advance(.milliseconds(499))
    #expect(limiter.take("a", rate: 2, burst: 5) != nil)
    clock.advance(.milliseconds(1))
    #expect(limiter.take("a", rate: 2, burst: 5) == nil)
    // A rest fills no more than the burst.
    clock.advance(.seconds(1000))
    #expect((0..<10).filter { _ in limiter.take("a", rate: 2, burst: 5) == nil }.count == 5)
    #expect(limiter.take("b", rate: 2, burst: 5) == nil)
  }

  @Test("a million names take the room of a thousand")
  func bounded() {
    let limiter = RateLimiter(capacity: 1000, clock: ManualLoopClock())
    for name in 0..<1_000_000 / 10 { _ = limiter.take("name \(name)", rate: 1, burst: 1) }
    #expect(limiter.count == 1000)
  }

  @Test("a name has as much in work as it may, and none is left behind")
  func concurrency() {
    let limiter = ConcurrencyLimiter()
    #expect(limiter.enter("a", limit: 2))
    #expect(limiter.enter("a", limit: 2))
    #expect(!limiter.enter("a", limit: 2))
    #expect(limiter.enter("b", limit: 2))
    limiter.leave("a")
    #expect(limiter.enter("a", limit: 2))
    for name in ["a", "a", "b"] { limiter.leave(name) }
    #expect(limiter.names == 0)
  }
}

import EventLoop
import Testing

@Suite
struct HistogramTests {
  @Test("every duration is in the first bucket whose bound it does not exceed")
  func buckets() {
    let histogram = Histogram()
    for microseconds in [0, 1, 16, 17, 32, 33, 1 << 20] { histogram.record(.microseconds(microseconds)) }
    let snapshot = histogram.snapshot()
    #expect(snapshot.counts.count == snapshot.bounds.count + 1)
    #expect(snapshot.counts.prefix(3) == [3, 2, 1])
    #expect(snapshot.bounds.prefix(3) == [.microseconds(16), .microseconds(32), .microseconds(64)])
    #expect(snapshot.count == 7)
    #expect(snapshot.maximum == .microseconds(1 << 20))
    let index = snapshot.bounds.firstIndex(of: .microseconds(1 << 20))
    #expect(index.map { snapshot.counts[$0] } == 1)
  }

  @Test("quantiles are upper bounds, never more than the largest")
  func quantiles() {
    let histogram = Histogram()
    for _ in 0..<99 { histogram.record(.microseconds(20)) }
    histogram.record(.milliseconds(100))
    let snapshot = histogram.snapshot()
    #expect(snapshot.quantile(0.5) == .microseconds(32))
    #expect(snapshot.quantile(0.99) == .microseconds(32))
    #expect(snapshot.quantile(1) == .milliseconds(100))
    #expect(snapshot.mean == .nanoseconds((99 * 20_000 + 100_000_000) / 100))
  }

  @Test("beyond the largest bound and below zero, durations are counted all the same")
  func extremes() {
    let histogram = Histogram()
    histogram.record(.seconds(1 << 40))
    histogram.record(.seconds(-5))
    let snapshot = histogram.snapshot()
    #expect(snapshot.counts.last == 1)
    #expect(snapshot.counts.first == 1)
  }
}

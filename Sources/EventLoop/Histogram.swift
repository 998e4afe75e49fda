import Synchronization

/// Counts of durations in buckets that double, from any thread, without a lock.
///
/// The bounds are 2^n microseconds from 16 µs to 134 s, the last bucket is without bound; enough for Prometheus' `le`.
package final class Histogram: Sendable {
  /// A reading: every bucket's upper bound and its own count, the sum and the count of all.
  package struct Snapshot: Sendable {
    package let bounds: [Duration]
    /// One more than `bounds`: the last counts what exceeds all of them.
    package let counts: [UInt64]
    package let sum: Duration
    package let count: UInt64
    package let maximum: Duration

    /// An upper bound of the given share of the durations: `quantile(0.99)`. Zero if there are none.
    package func quantile(_ share: Double) -> Duration {
      let wanted = Double(count) * share
      var seen = 0.0
      for (index, bucket) in counts.enumerated() {
        seen += Double(bucket)
        if bucket > 0, seen >= wanted { return index < bounds.count ? min(bounds[index], maximum) : maximum }
      }
      return .zero
    }

    package var mean: Duration { count == 0 ? .zero : .nanoseconds(sum.nanoseconds / Int64(clamping: count)) }
  }

  private static let first = 4  // 2^4 µs, about a system call or two
  private static let bucketCount = 25

  private let buckets = Buckets()
  private let total = Atomic<UInt64>(0)
  private let largest = Atomic<UInt64>(0)

  package init() {}

  package func record(_ duration: Duration) {
    record(nanoseconds: duration.nanoseconds)
  }

  /// The same for whoever has plain nanoseconds; negative ones count as none.
  package func record(nanoseconds: Int64) {
    let nanoseconds = UInt64(max(0, nanoseconds))
    let microseconds = (nanoseconds + 999) / 1000
    let power = microseconds <= 1 ? 0 : 64 - (microseconds - 1).leadingZeroBitCount
    buckets.increment(min(max(power - Self.first, 0), Self.bucketCount - 1))
    total.wrappingAdd(nanoseconds, ordering: .relaxed)
    largest.max(nanoseconds, ordering: .relaxed)
  }

  package func snapshot() -> Snapshot {
    let counts = buckets.read()
    return Snapshot(
      bounds: (0..<Self.bucketCount - 1).map { .microseconds(1 << ($0 + Self.first)) }, counts: counts,
      sum: .nanoseconds(Int64(clamping: total.load(ordering: .relaxed))), count: counts.reduce(0, &+),
      maximum: .nanoseconds(Int64(clamping: largest.load(ordering: .relaxed))))
  }

  /// A fixed row of atomic counts. The memory lives as long as the object and is only touched atomically.
  private final class Buckets: @unchecked Sendable {
    // Proof of Sendable: `cells` is constant, and every access to what it points to is atomic.
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>

    init() {
      cells = .allocate(capacity: Histogram.bucketCount)
      for index in 0..<Histogram.bucketCount { (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
      cells.deinitialize(count: Histogram.bucketCount)
      cells.deallocate()
    }

    func increment(_ index: Int) { cells[index].wrappingAdd(1, ordering: .relaxed) }

    func read() -> [UInt64] { (0..<Histogram.bucketCount).map { cells[$0].load(ordering: .relaxed) } }
  }
}

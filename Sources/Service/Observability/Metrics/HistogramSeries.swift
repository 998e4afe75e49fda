import CoreMetrics
import EventLoop
import Synchronization

/// Counts of values by bucket: a series of a histogram.
final class HistogramSeries: Sendable {
  /// What has been counted; the last count is of what exceeds all bounds.
  struct Reading: Sendable {
    var counts: [UInt64]
    var sum = 0.0
  }

  let bounds: [Double]
  private let state: Mutex<Reading>

  init(bounds: [Double]) {
    self.bounds = bounds
    state = Mutex(Reading(counts: Array(repeating: 0, count: bounds.count + 1)))
  }

  var reading: Reading { state.withLock { $0 } }

  func count(_ value: Double) {
    guard value.isFinite else { return }
    var index = 0
    while index < bounds.count, value > bounds[index] { index += 1 }
    state.withLock { reading in
      reading.counts[index] &+= 1
      reading.sum += value
    }
  }
}

extension HistogramSeries: RecorderHandler, TimerHandler {
  func record(_ value: Int64) { count(Double(value)) }

  func record(_ value: Double) { count(value) }

  /// Base units: seconds.
  func recordNanoseconds(_ duration: Int64) { count(Double(duration) / 1e9) }
}

extension HistogramSeries.Reading {
  /// What the loop's own histogram has counted, in other bounds: a bucket of it counts where it ends.
  init(_ snapshot: Histogram.Snapshot, bounds: [Double]) {
    counts = Array(repeating: 0, count: bounds.count + 1)
    for (index, count) in snapshot.counts.enumerated() {
      let upper = index < snapshot.bounds.count ? snapshot.bounds[index] / .seconds(1) : .infinity
      counts[bounds.firstIndex { upper <= $0 } ?? bounds.count] &+= count
    }
    sum = snapshot.sum / .seconds(1)
  }
}

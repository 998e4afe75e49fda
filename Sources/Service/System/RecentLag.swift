import EventLoop
import Synchronization

/// The loop's lag of the last seconds, from readings that are taken whenever somebody asks.
final class RecentLag: Sendable {
  private struct Reading {
    let at: ContinuousClock.Instant
    let lag: Histogram.Snapshot
  }

  /// For how long lag counts as recent.
  private static let span = Duration.seconds(10)
  /// Readings closer than this are one: several viewers ask at once.
  private static let pause = Duration.milliseconds(500)

  private let all: Histogram
  private let readings = Mutex<[Reading]>([])

  /// - Parameter all: the loop's lag since the start.
  init(_ all: Histogram) { self.all = all }

  /// Of the last ten seconds, or since the reading before where that is longer ago; since the start at the first.
  func now(at now: ContinuousClock.Instant = .now) -> Histogram.Snapshot {
    let lag = all.snapshot()
    return readings.withLock { readings in
      // The newest of those that are old enough is what is compared with; older ones serve nobody any more.
      if let base = readings.lastIndex(where: { $0.at <= now - Self.span }), base > 0 { readings.removeFirst(base) }
      let earlier = readings.first?.lag
      if readings.last.map({ now - $0.at >= Self.pause }) ?? true { readings.append(Reading(at: now, lag: lag)) }
      return earlier.map(lag.since) ?? lag
    }
  }
}

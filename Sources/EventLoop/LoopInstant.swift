/// A point on a monotonic clock, in nanoseconds since an arbitrary start.
package struct LoopInstant: Comparable, Hashable, Sendable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The far future: a deadline that never comes.
  package static let never = LoopInstant(nanoseconds: .max)

  package static func < (left: LoopInstant, right: LoopInstant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// This instant moved by `duration`; what lies beyond the clock's end is `never`.
  package func advanced(by duration: Duration) -> LoopInstant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return overflow ? .never : LoopInstant(nanoseconds: sum)
  }

  /// The time from `earlier` to this instant, negative if it was later.
  package func since(_ earlier: LoopInstant) -> Duration {
    .nanoseconds(nanoseconds.subtractingReportingOverflow(earlier.nanoseconds).partialValue)
  }
}

extension Duration {
  /// Whole nanoseconds, clamped to what 64 bits hold (292 years).
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds < 0 ? .min : .max }
    let (sum, carried) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carried ? (seconds < 0 ? .min : .max) : sum
  }

  /// Seconds with their fraction, as metrics want them.
  package var inSeconds: Double { Double(nanoseconds) / 1e9 }
}

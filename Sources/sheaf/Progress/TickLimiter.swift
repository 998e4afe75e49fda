import Checkpoints
import StageKit

/// Lets at most five ticks a second of each unit through.
struct TickLimiter: Sendable {
  private struct Source: Hashable {
    let job: JobID
    let unit: UnitID
  }

  private static let pause = 0.2  // seconds
  private var last: [Source: Double] = [:]

  mutating func allows(_ job: JobID, _ unit: UnitID, at now: Double) -> Bool {
    let source = Source(job: job, unit: unit)
    guard now - (last[source] ?? -.infinity) >= Self.pause else { return false }
    last[source] = now
    return true
  }

  /// A unit that started, ended or waits begins anew.
  mutating func forget(_ job: JobID, _ unit: UnitID) { last[Source(job: job, unit: unit)] = nil }
}

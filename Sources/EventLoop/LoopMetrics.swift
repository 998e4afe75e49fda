/// What a loop counts, for whoever publishes it.
package final class LoopMetrics: Sendable {
  /// How late a regular heartbeat came.
  package let lag = Histogram()
  /// Activities that took longer than `LagLimits.warning`.
  package let slowActivities = Counter()
  /// Turns of the loop: one wait for events and the work after it.
  package let turns = Counter()

  init() {}
}

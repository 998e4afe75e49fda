/// When a loop calls itself late.
package struct LagLimits: Sendable {
  /// Longer than this, one activity is worth a warning: a person feels 100 ms, and several may queue up.
  package var warning = Duration.milliseconds(50)
  /// Longer than this, it is felt.
  package var critical = Duration.milliseconds(100)
  /// How often the lag is sampled; an idle process wakes this often.
  package var heartbeat = Duration.milliseconds(100)

  package init() {}
}

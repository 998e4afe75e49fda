/// What a loop tells when something kept it from its other work for too long.
package struct LagReport: Sendable {
  package enum Level: Sendable, Hashable {
    case warning
    case critical
  }

  /// How long the loop was kept.
  package let duration: Duration
  package let level: Level
  /// What was running: a task, a timer, the events of a descriptor; with the label it gave itself.
  package let running: String
}

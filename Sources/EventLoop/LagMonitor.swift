/// Measures how long a loop keeps its callers waiting, and tells when that is too long.
///
/// Two things are measured. A heartbeat that is due at a known time tells the lag: lateness from whatever cause, be it
/// our own work or the lack of a processor. And every single activity (a job, a timer, a batch of events) is timed, so
/// that the one that held up the others can be named.
final class LagMonitor {
  private let limits: LagLimits
  private let metrics: LoopMetrics
  private let onLag: (@Sendable (LagReport) -> Void)?
  private var began = LoopInstant(nanoseconds: 0)
  private var detail: (text: String, more: String)?

  init(limits: LagLimits, metrics: LoopMetrics, onLag: (@Sendable (LagReport) -> Void)?) {
    self.limits = limits
    self.metrics = metrics
    self.onLag = onLag
  }

  /// Starts the time of the next activities.
  func start(at now: LoopInstant) {
    began = now
    detail = nil
  }

  /// Names what is running, until the activity ends.
  func describe(_ text: String, _ more: String) { detail = (text, more) }

  /// Ends an activity and begins the next.
  func ended(_ kind: StaticString, at now: LoopInstant) {
    let lasted = now.nanoseconds &- began.nanoseconds
    if lasted >= limits.warning.nanoseconds { tell(kind, .nanoseconds(lasted)) }
    began = now
    detail = nil
  }

  /// Notes how late the heartbeat came.
  func heartbeat(late: Duration) {
    metrics.lag.record(late)
  }

  private func tell(_ kind: StaticString, _ lasted: Duration) {
    metrics.slowActivities.add()
    let level: LagReport.Level = lasted >= limits.critical ? .critical : .warning
    let running = detail.map { "\(kind): \($0.text)" + ($0.more.isEmpty ? "" : " " + $0.more) } ?? "\(kind)"
    onLag?(LagReport(duration: lasted, level: level, running: running))
  }
}

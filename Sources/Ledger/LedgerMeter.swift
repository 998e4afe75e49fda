import CoreMetrics

/// Counts transactions through swift-metrics; nothing where no backend is set up.
enum LedgerMeter {
  /// One transaction is durable, or has failed.
  static func committed(_ writes: Int, since began: ContinuousClock.Instant) {
    Recorder(label: "sheaf_ledger_batch_writes", aggregate: true).record(writes)
    record("sheaf_ledger_commit_seconds", since: began)
  }

  /// A caller has its answer.
  static func written(since began: ContinuousClock.Instant) { record("sheaf_ledger_write_seconds", since: began) }

  // Found by name each time: a look into a table beside a wait for the disk, and right whenever the backend came.
  private static func record(_ name: String, since began: ContinuousClock.Instant) {
    Timer(label: name).recordSeconds((ContinuousClock.now - began) / .seconds(1))
  }
}

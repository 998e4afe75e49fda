import CoreMetrics

/// Counts what the data folder's disk takes, through swift-metrics; nothing where no backend is set up.
enum StorageMeter {
  /// Runs an fsync and notes how long it took.
  static func forcing<R>(_ body: () -> R) -> R {
    let began = ContinuousClock.now
    defer { record("sheaf_checkpoint_fsync_seconds", since: began) }
    return body()
  }

  /// The files of one unit stand under their digests.
  static func published(_ files: [AttemptFile], since began: ContinuousClock.Instant) {
    record("sheaf_checkpoint_write_seconds", since: began)
    Counter(label: "sheaf_checkpoint_bytes_total").increment(by: files.reduce(0) { $0 + $1.length })
  }

  // Found by name each time: a look into a table beside a wait for the disk, and right whenever the backend came.
  private static func record(_ name: String, since began: ContinuousClock.Instant) {
    Timer(label: name).recordSeconds((ContinuousClock.now - began) / .seconds(1))
  }
}

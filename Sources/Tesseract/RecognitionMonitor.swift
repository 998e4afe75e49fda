import CTesseract

/// Runs the engine with a deadline and a way to stop it.
final class RecognitionMonitor {
  private let deadline: ContinuousClock.Instant?
  private let shouldCancel: (() -> Bool)?
  private let progress: ((Double) -> Void)?
  private var monitor: OpaquePointer?
  /// Whether recognition ended before its time.
  private(set) var wasStopped = false

  init(deadline milliseconds: Int?, shouldCancel: (() -> Bool)?, progress: ((Double) -> Void)? = nil) {
    // The only clock in the doors: a deadline is the caller's, and a result cut short says so.
    deadline = milliseconds.map { ContinuousClock.now + .milliseconds($0) }
    self.shouldCancel = shouldCancel
    self.progress = progress
  }

  /// - Returns: the engine's code, 0 for success.
  func run(_ engine: OpaquePointer) -> Int32 {
    guard deadline != nil || shouldCancel != nil || progress != nil, let monitor = TessMonitorCreate() else {
      return TessBaseAPIRecognize(engine, nil)
    }
    self.monitor = monitor
    defer {
      self.monitor = nil
      TessMonitorDelete(monitor)
    }
    TessMonitorSetCancelThis(monitor, Unmanaged.passUnretained(self).toOpaque())
    TessMonitorSetCancelFunc(monitor) { context, _ in
      guard let context else { return false }
      return Unmanaged<RecognitionMonitor>.fromOpaque(context).takeUnretainedValue().check()
    }
    return withExtendedLifetime(self) { TessBaseAPIRecognize(engine, monitor) }
  }

  private func check() -> Bool {
    if let progress, let monitor { progress(Double(min(max(TessMonitorGetProgress(monitor), 0), 100)) / 100) }
    if !wasStopped { wasStopped = deadline.map { ContinuousClock.now >= $0 } ?? false || shouldCancel?() ?? false }
    return wasStopped
  }
}

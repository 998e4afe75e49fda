import CTesseract

/// Runs the engine with a deadline and a way to stop it.
final class RecognitionMonitor {
  private let deadline: ContinuousClock.Instant?
  private let shouldCancel: (() -> Bool)?
  /// Whether recognition ended before its time.
  private(set) var wasStopped = false

  init(deadline milliseconds: Int?, shouldCancel: (() -> Bool)?) {
    // The only clock in the doors: a deadline is the caller's, and a result cut short says so.
    deadline = milliseconds.map { ContinuousClock.now + .milliseconds($0) }
    self.shouldCancel = shouldCancel
  }

  /// - Returns: the engine's code, 0 for success.
  func run(_ engine: OpaquePointer) -> Int32 {
    guard deadline != nil || shouldCancel != nil, let monitor = TessMonitorCreate() else {
      return TessBaseAPIRecognize(engine, nil)
    }
    defer { TessMonitorDelete(monitor) }
    TessMonitorSetCancelThis(monitor, Unmanaged.passUnretained(self).toOpaque())
    TessMonitorSetCancelFunc(monitor) { context, _ in
      guard let context else { return false }
      return Unmanaged<RecognitionMonitor>.fromOpaque(context).takeUnretainedValue().check()
    }
    return withExtendedLifetime(self) { TessBaseAPIRecognize(engine, monitor) }
  }

  private func check() -> Bool {
    if !wasStopped { wasStopped = deadline.map { ContinuousClock.now >= $0 } ?? false || shouldCancel?() ?? false }
    return wasStopped
  }
}

import EventLoop
import Logging

/// Tells the log when something kept the event loop: over 50 ms a warning, over 100 ms an error, with what was running.
enum LagWarnings {
  static func configuration(_ logger: Logger) -> EventLoopConfiguration {
    let sampler = RequestSampler(rate: mostPerSecond)
    var configuration = EventLoopConfiguration()
    configuration.onLag = { report in
      guard let skipped = sampler.admit(now: LogClock.seconds) else { return }
      var metadata: Logger.Metadata = [
        "milliseconds": "\((report.duration / .milliseconds(1) * 10).rounded() / 10)", "running": "\(report.running)",
      ]
      if skipped > 0 { metadata["skipped"] = "\(skipped)" }
      logger.log(
        level: report.level == .critical ? .error : .warning, "something kept the event loop", metadata: metadata)
    }
    return configuration
  }

  /// A loop that is kept can say so twenty times a second; five tell it as well.
  private static let mostPerSecond = 5
}

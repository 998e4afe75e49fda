import CoreMetrics
import HTTPServer
import Logging
import StageKit

/// Logs each request with its id and trace: those that failed or changed something always, ordinary ones sampled.
struct RequestLog: Sendable {
  let logger: Logger
  let sampler = RequestSampler()

  func answer(_ request: Request, _ next: @escaping Handler) async throws -> Response {
    let began = ContinuousClock.now
    do {
      let response = try await next(request)
      tell(request, response.status, since: began)
      return response
    } catch {
      if error is ConnectionLost || error is CancellationError {
        tell(request, HTTPStatus(rawValue: Self.gone), since: began)
      } else {
        tell(request, (Problem(of: error) ?? .unexpected).code.status, since: began)
      }
      throw error
    }
  }

  /// nginx' number for a client that went away.
  private static let gone = 499
  /// An ordinary request that takes longer than this is told always.
  private static let slow = Duration.seconds(1)

  private func tell(_ request: Request, _ status: HTTPStatus, since began: ContinuousClock.Instant) {
    let lasted = ContinuousClock.now - began
    let level = level(request, status, lasted)
    guard logger.logLevel <= level else { return }
    var metadata: Logger.Metadata = [
      "method": "\(request.method)", "route": "\(request.route ?? "none")", "status": "\(status.rawValue)",
      "milliseconds": "\((lasted / .milliseconds(1) * 10).rounded() / 10)",
    ]
    if level == .debug || isOrdinary(request, status, lasted) {
      let second = LogClock.seconds
      guard let skipped = sampler.admit(now: second) else {
        Counter(label: "sheaf_log_requests_sampled_total").increment()
        return
      }
      if skipped > 0 { metadata["skipped"] = "\(skipped)" }
    }
    if let identity = RequestIdentity.current {
      metadata["request_id"] = "\(identity.id)"
      metadata["trace"] = "\(identity.trace.traceID)"
    }
    if let job = Self.job(request) { metadata["job"] = "\(job)" }
    logger.log(level: level, "request", metadata: metadata)
  }

  private func level(_ request: Request, _ status: HTTPStatus, _ lasted: Duration) -> Logger.Level {
    if status.rawValue >= 500, status.rawValue != 503 { return .error }
    if status.rawValue == 503 || lasted > Self.slow { return .notice }
    return request.route.map(Self.isProbe) == true ? .debug : .info
  }

  private func isOrdinary(_ request: Request, _ status: HTTPStatus, _ lasted: Duration) -> Bool {
    if lasted > Self.slow { return false }
    // A client that is refused over and over must not fill the log either.
    if [401, 403, 429, 503].contains(status.rawValue) { return true }
    return (request.method == .get || request.method == .head) && status.rawValue < 500
  }

  /// What machines ask every few seconds.
  private static func isProbe(_ route: String) -> Bool { route.hasPrefix("/health/") || route == "/metrics" }

  /// The job that the path names; ids are ten letters, so nothing else gets through.
  private static func job(_ request: Request) -> String? {
    guard request.route?.contains("/jobs/{id}") == true else { return nil }
    let parts = request.path.split(separator: "/")
    guard let index = parts.firstIndex(of: "jobs"), index + 1 < parts.count, parts[index + 1].utf8.count == 10 else {
      return nil
    }
    return String(parts[index + 1])
  }
}

/// A clock that only goes forward, in seconds.
enum LogClock {
  private static let start = ContinuousClock.now

  static var seconds: Int64 { (ContinuousClock.now - start).components.seconds }
}

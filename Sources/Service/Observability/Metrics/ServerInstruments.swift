import CoreMetrics
import EventLoop
import HTTPServer
import Logging
import Synchronization

/// Counts each exchange by route and status. Called on the loop's thread.
final class ServerInstruments: ServerObserver {
  private struct Kind: Hashable {
    let method: String
    let route: String
    let status: Int
  }

  private let counters = Mutex<[Kind: CoreMetrics.Counter]>([:])
  private let timers = Mutex<[String: CoreMetrics.Timer]>([:])
  private let logger: Logger

  /// Kinds that have a counter of their own here; the registry bounds its series itself.
  private static let cacheLimit = 2_000
  /// Methods that are told apart: others are whatever a client makes up.
  private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"]

  init(logger: Logger) { self.logger = logger }

  func finished(_ exchange: ExchangeSummary) {
    let method = exchange.method.rawValue
    let route = exchange.route ?? "none"
    count(
      Kind(method: Self.methods.contains(method) ? method : "other", route: route, status: exchange.status.rawValue))
    timer(of: route).recordSeconds(exchange.duration / .seconds(1))
  }

  func handlerFailed(_ error: any Error, _ request: Request) {
    logger.error(
      "a handler failed after its answer had begun",
      metadata: [
        "method": "\(request.method)", "route": "\(request.route ?? "none")", "error": "\(error)",
        "request_id": "\(RequestIdentity.current?.id ?? "none")",
      ])
  }

  private func count(_ kind: Kind) {
    let counter = counters.withLock { counters in
      if let counter = counters[kind] { return counter }
      if counters.count >= Self.cacheLimit { counters = [:] }
      let counter = CoreMetrics.Counter(
        label: "sheaf_http_requests_total",
        dimensions: [("method", kind.method), ("route", kind.route), ("status", String(kind.status))])
      counters[kind] = counter
      return counter
    }
    counter.increment()
  }

  private func timer(of route: String) -> CoreMetrics.Timer {
    timers.withLock { timers in
      if let timer = timers[route] { return timer }
      let timer = CoreMetrics.Timer(label: "sheaf_http_request_duration_seconds", dimensions: [("route", route)])
      timers[route] = timer
      return timer
    }
  }
}

import CanonicalJSON
import HTTPServer
import ServiceLifecycle

/// What is counted, for Prometheus; and the log of requests.
struct ObservabilityRoutes: RouteGroup {
  let context: ServiceContext
  private let log: RequestLog

  init(context: ServiceContext) {
    self.context = context
    log = RequestLog(logger: context.logger)
    context.telemetry.add { [weak context] page in
      if let context { await ServerFigures.now(context).tell(&page) }
    }
  }

  var middleware: [Middleware] { [{ [log] in try await log.answer($0, $1) }] }

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/metrics",
      Operation(
        "getMetrics", "The server's metrics in Prometheus' text format.", tag: "health",
        answers: [
          Operation.Answer(200, "The metrics.", [(Self.type, ["type": "string"])])
        ])
    ) { [context] _ in
      var response = Response(.ok, body: .bytes(Array(await context.telemetry.page().text().utf8)))
      response.headers["Content-Type"] = Self.type
      response.headers["Cache-Control"] = "no-store"
      return response
    }
  }

  private static let type = "text/plain; version=0.0.4; charset=utf-8"
}

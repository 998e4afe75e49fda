import CanonicalJSON
import HTTPServer

/// What those ask who watch over servers.
struct HealthRoutes: RouteGroup {
  let context: ServiceContext

  func register(in routes: inout RouteTable) {
    routes.on(
      .get, "/health/live",
      Operation(
        "getLiveness", "Whether the server answers at all.", tag: "health",
        answers: [.json(200, "It does.", JSONShape.object(["status": JSONShape.choice(["live"])]))]),
      runs: .loop
    ) { _ in try .json(["status": "live"]) }
    routes.on(
      .get, "/health/ready",
      Operation(
        "getReadiness", "Whether the server takes work: the plan is known, the ledger recovered, its sockets open.",
        tag: "health",
        answers: [.json(200, "It does.", JSONShape.object(["status": JSONShape.choice(["ready"])]))],
        problems: [.starting, .stopping]),
      runs: .loop
    ) { [context] _ in
      switch context.readiness.phase {
      case .ready: return try .json(["status": "ready"])
      case .starting: throw Problem.later(.starting, "The server is starting.", seconds: 1)
      case .stopping: throw Problem.later(.stopping, "The server is stopping.", seconds: 5)
      }
    }
  }
}

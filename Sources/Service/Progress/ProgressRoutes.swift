import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import ServiceLifecycle

/// Progress as it happens: a WebSocket for all of it, event streams for one job each.
struct ProgressRoutes: RouteGroup {
  let context: ServiceContext
  let hub: ProgressHub

  init(context: ServiceContext) throws {
    let hub = try ProgressHub(clock: context.clock, logger: context.logger)
    self.context = context
    self.hub = hub
    let stream = EventStream(hub: hub, loop: context.loop)
    context.hooks.eventStream = { request, job in
      stream.response(job.manifest.id, since: try EventStream.since(request))
    }
    // Ends by itself.
    context.keys.whenRevoked { ids in Task { await hub.disconnect(ids) } }
    context.hooks.outlook = { try await hub.outlook(of: $0)?.members ?? [:] }
  }

  func register(in routes: inout RouteTable) {
    routes.on(.get, "/api/v1/progress", Self.operation, runs: .loop) { [context, hub] _ in
      // Until there is an engine nothing can be told.
      _ = try context.engine
      return .webSocket(
        subprotocols: [ProgressSocket.subprotocol],
        limits: WebSocketLimits(message: hub.limits.message, outbox: hub.limits.outbox),
        ProgressSocket(hub, Principal.current))
    }
  }

  var services: [any Service] { [ProgressService(context: context, hub: hub)] }

  private static let operation = Operation(
    "watchProgress",
    "A WebSocket of the subprotocol sheaf.progress.v1: the transitions of jobs as they happen, and how far units are.",
    tag: "jobs", answers: [Operation.Answer(101, "The connection is a WebSocket now.")],
    problems: [.upgradeRequired, .starting])
}

/// Lets the hub hear of what the engine does, as long as the server runs.
struct ProgressService: Service {
  let context: ServiceContext
  let hub: ProgressHub

  func run() async throws {
    // Without an engine the server ends before there is anything to tell.
    guard let engine = try? await cancelWhenGracefulShutdown({ try await context.openedEngine() }) else { return }
    let watch = engine.watch()
    await cancelWhenGracefulShutdown { await hub.run(watch, ledger: engine.ledger) }
    // Whatever ended the engine's stream before that ends the server, too, but is not this service's to tell.
    try await gracefulShutdown()
  }
}

import Engine
import ServiceLifecycle

/// Sends webhooks as long as the server runs.
package struct WebhookGroup: RouteGroup {
  let context: ServiceContext

  package init(context: ServiceContext) { self.context = context }

  package func register(in routes: inout RouteTable) {}

  package var services: [any Service] { [WebhookService(context: context)] }
}

/// The courier over the engine's outbox.
private struct WebhookService: Service {
  let context: ServiceContext

  func run() async throws {
    do {
      try await cancelWhenGracefulShutdown {
        let engine = try await context.openedEngine()
        let courier = WebhookCourier(
          engine.outbox, context.webhooks, clock: context.clock, logger: context.logger)
        await courier.run(engine.events())
      }
    } catch is CancellationError {
      // The server stops; what was on its way is sent again by the next.
    }
  }
}

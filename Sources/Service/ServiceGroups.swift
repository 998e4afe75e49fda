/// The parts of the interface, in the order in which what they put before all routes stands.
enum ServiceGroups {
  static func all(_ context: ServiceContext) -> [any RouteGroup] {
    [
      AccessGroup(context: context), StageRoutes(context: context), HealthRoutes(context: context),
      WebhookGroup(context: context),
    ]
  }
}

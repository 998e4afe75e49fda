import ServiceLifecycle

/// What cleans up beside the routes; it has none of its own.
struct RetentionRoutes: RouteGroup {
  let context: ServiceContext

  var services: [any Service] { [RetentionService(context: context)] }

  func register(in routes: inout RouteTable) {}
}

/// The parts of the interface, in the order in which what they put before all routes stands.
enum ServiceGroups {
  static func all(_ context: ServiceContext) throws -> [any RouteGroup] {
    [
      // The log first: what is refused is told, too.
      ObservabilityRoutes(context: context), AccessGroup(context: context), WebhookGroup(context: context),
      DocumentRoutes(context: context), JobRoutes(context: context), JobActionRoutes(context: context),
      ResultRoutes(context: context), CheckpointRoutes(context: context), EventRoutes(context: context),
      EditRoutes(context: context), HistoryRoutes(context: context),
      ConflictRoutes(context: context), BundleRoutes(context: context), InspectionRoutes(context: context),
      try ProgressRoutes(context: context), StageRoutes(context: context), SystemRoutes(context: context),
      HealthRoutes(context: context), RetentionRoutes(context: context), SearchRoutes(context: context),
      ViewerRoutes(context: context),
    ]
  }
}

import Checkpoints
import Engine
import EventLoop
import HTTPServer
import Logging
import ServiceLifecycle
import StageKit
import UnixSignals

#if canImport(Glibc)
  import Glibc
#endif

/// The whole server: the engine, the routes over it, and what runs beside them, from start to end.
package struct SheafServer: Sendable {
  package let context: ServiceContext
  private let folder: DataFolder
  /// Where SIGHUP reads the configuration from again.
  private let source: ConfigurationSource
  private let workerExecutable: String?

  /// - Parameters:
  ///   - source: where SIGHUP reads the configuration from again.
  ///   - logger: nil makes one that writes to standard error.
  ///   - workerExecutable: nil seeks `sheaf-worker` beside this program.
  ///   - clock: what time it is.
  ///   - diskRoom: how much room the data folder's disk has.
  package init(
    _ configuration: ServiceConfiguration, source: ConfigurationSource = ConfigurationSource(), folder: DataFolder,
    logger: Logger? = nil, workerExecutable: String? = nil, clock: any ServiceClock = WallClock(),
    diskRoom: @escaping DiskGauge.Measure = { DiskRoom(of: $0) }
  ) throws {
    self.folder = folder
    self.source = source
    self.workerExecutable = workerExecutable
    // The setting has been checked when it was read.
    let threshold = LogThreshold(Logger.Level(rawValue: configuration[Settings.logLevel]) ?? .info)
    let logger = logger ?? Logger(label: "sheaf") { _ in ServiceLog(threshold) }
    context = try ServiceContext(
      configuration: LiveConfiguration(configuration), folder: folder,
      loop: try EventLoop.start(LagWarnings.configuration(logger)), logger: logger, logLevel: threshold,
      clock: clock, diskRoom: diskRoom)
  }

  /// Serves until a graceful shutdown (SIGTERM, SIGINT) is through.
  ///
  /// - Throws: what stopped it: `StageFailure` for the data folder, `LoopFailure` for an address.
  package func run() async throws {
    OpenFileLimit.raise()
    defer { stop() }
    try await group(signals: [.sigterm, .sigint]).run()
  }

  /// Serves as long as `body` runs, then shuts down gracefully: for tests.
  ///
  /// - Parameter body: gets the addresses, once the server is ready.
  package func run<Value: Sendable>(_ body: @escaping @Sendable ([SocketAddress]) async throws -> Value) async throws
    -> Value
  {
    defer { stop() }
    let (bound, binding) = AsyncStream.makeStream(of: [SocketAddress].self)
    let group = try group(signals: []) { binding.yield($0) }
    return try await withThrowingTaskGroup(of: Value?.self) { tasks in
      tasks.addTask {
        try await group.run()
        return nil
      }
      tasks.addTask {
        defer { Task { await group.triggerGracefulShutdown() } }
        guard let addresses = await bound.first(where: { _ in true }) else { throw CancellationError() }
        _ = try await context.openedEngine()
        while context.readiness.phase == .starting { try await Task.sleep(for: .milliseconds(1)) }
        return try await body(addresses)
      }
      var value: Value?
      for try await result in tasks { value = result ?? value }
      guard let value else { throw CancellationError() }
      return value
    }
  }

  private func stop() {
    context.loop.stop()
    context.pool.stop()
    context.handlers.stop()
    LogSink.standardError.flush()
  }

  private func group(
    signals: [UnixSignal], onListening: @escaping @Sendable ([SocketAddress]) -> Void = { _ in }
  ) throws -> ServiceGroup {
    let groups = try ServiceGroups.all(context)
    let engine = EngineService(context: context, folder: folder, configuration: engineConfiguration)
    let http = HTTPService(
      server: server(groups), addresses: try addresses, logger: context.logger, onListening: onListening)
    let local = LocalHTTPService(context: context, folder: folder, server: localServer(groups))
    var services: [any Service] =
      [context.disk, RestingService(), engine] + groups.flatMap(\.services) + [local, http]
    if !signals.isEmpty { services.append(ReloadService(context: context, source: source)) }
    // Told to shut down in the reverse order: first nothing new comes in, last the engine lets go.
    return ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { .init(service: $0) }, gracefulShutdownSignals: signals, logger: context.logger))
  }

  private func server(_ groups: [any RouteGroup]) -> WebServer {
    let server = WebServer(
      router: routes(groups).router([identify] + groups.flatMap(\.middleware)), configuration: serverConfiguration,
      loop: context.loop)
    context.telemetry.server = server.metrics
    return server
  }

  /// For the socket in the data folder: without what stands before the routes for others, as asking for keys.
  private func localServer(_ groups: [any RouteGroup]) -> WebServer {
    var configuration = serverConfiguration
    configuration.allowedHosts = nil
    return WebServer(
      router: routes(groups).router([identify]), configuration: configuration, loop: context.loop)
  }

  private func routes(_ groups: [any RouteGroup]) -> RouteTable {
    var routes = RouteTable(handlers: context.handlers)
    for group in groups { group.register(in: &routes) }
    OpenAPIRoute.register(in: &routes)
    return routes
  }

  private var identify: Middleware {
    let identity = IdentityMiddleware(logger: context.logger)
    return { try await identity.answer($0, $1) }
  }

  private var serverConfiguration: ServerConfiguration {
    let settings = context.configuration.current
    var configuration = ServerConfiguration()
    configuration.limits.connections = settings[Settings.connections]
    configuration.limits.bodyStall = .seconds(settings[Settings.bodyStall])
    configuration.limits.body = RouteTable.smallBody
    configuration.allowedHosts = AllowedHosts.names(settings)
    configuration.allowedOrigins = Set(settings[Settings.allowedOrigins])
    configuration.trustedProxies = settings[Settings.trustedProxies].compactMap { IPNetwork($0) }
    configuration.renderFailure = IdentityMiddleware.render
    configuration.observer = context.telemetry.observer
    return configuration
  }

  /// Workers take all that the server leaves, and it need not wait for them: at 10 the kernel gives it nine times their
  /// weight, and it is woken in their place.
  private static let workerNiceness = 10

  private var engineConfiguration: EngineConfiguration {
    let settings = context.configuration.current
    var configuration = EngineConfiguration(
      workers: settings[Settings.mostWorkers], program: "sheaf serve", workerExecutable: workerExecutable,
      logger: context.logger)
    configuration.documentLimit = settings[Settings.documentSize] << 20
    configuration.stays = true
    configuration.whenDeleting = { [context, folder] job in
      await context.bundles.forget(job)
      try await context.search.forget(job, in: folder)
    }
    // Only root may let workers give way less than the server itself does.
    let own = Int(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0))
    configuration.workerNiceness = max(Self.workerNiceness, own)
    configuration.leastWorkers = settings[Settings.leastWorkers]
    configuration.limits = WorkerLimits(
      unitSeconds: Double(settings[Settings.unitTime]), unitBytes: settings[Settings.unitMemory] << 20,
      jobSeconds: Double(settings[Settings.jobTime]), outputBytes: settings[Settings.outputSize] << 20)
    if settings[Settings.requireSandbox] { configuration.sandbox = .required }
    configuration.isolation = WorkerIsolation(rawValue: settings[Settings.isolation]) ?? .owner
    configuration.compression = CheckpointCompression(rawValue: settings[Settings.compression]) ?? .none
    configuration.models = settings.modelEndpoint
    configuration.idleTime = .seconds(settings[Settings.workerIdle])
    return configuration
  }

  private var addresses: [SocketAddress] {
    get throws { try context.configuration[Settings.listen].map { try SocketAddress(parsing: $0) } }
  }
}

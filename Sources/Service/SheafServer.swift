import Checkpoints
import Engine
import EventLoop
import HTTPServer
import Logging
import ServiceLifecycle
import UnixSignals

/// The whole server: the engine, the routes over it, and what runs beside them, from start to end.
package struct SheafServer: Sendable {
  package let context: ServiceContext
  private let folder: DataFolder
  /// Where SIGHUP reads the configuration from again.
  private let source: ConfigurationSource
  private let workerExecutable: String?
  private let onListening: @Sendable ([SocketAddress]) -> Void

  /// - Parameters:
  ///   - source: where SIGHUP reads the configuration from again.
  ///   - workerExecutable: nil seeks `sheaf-worker` beside this program.
  ///   - onListening: told where the server listens, with the ports that the system chose.
  package init(
    _ configuration: ServiceConfiguration, source: ConfigurationSource = ConfigurationSource(), folder: DataFolder,
    logger: Logger? = nil, workerExecutable: String? = nil,
    onListening: @escaping @Sendable ([SocketAddress]) -> Void = { _ in }
  ) throws {
    self.folder = folder
    self.source = source
    self.workerExecutable = workerExecutable
    self.onListening = onListening
    context = ServiceContext(
      configuration: LiveConfiguration(configuration), loop: try EventLoop.start(),
      logger: logger ?? ServiceLog.logger(configuration[Settings.logLevel]))
  }

  /// Serves until a graceful shutdown (SIGTERM, SIGINT) is through.
  ///
  /// - Throws: what stopped it: `StageFailure` for the data folder, `LoopFailure` for an address.
  package func run() async throws {
    let groups = ServiceGroups.all(context)
    let services: [any Service] =
      [
        EngineService(context: context, folder: folder, configuration: engineConfiguration),
        HTTPService(
          server: server(groups), addresses: try addresses, logger: context.logger, onListening: onListening),
      ] + groups.flatMap(\.services)
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: services.map { .init(service: $0) }, gracefulShutdownSignals: [.sigterm, .sigint],
        logger: context.logger))
    defer {
      context.loop.stop()
      context.pool.stop()
    }
    try await group.run()
  }

  private func server(_ groups: [any RouteGroup]) -> WebServer {
    var routes = RouteTable()
    for group in groups { group.register(in: &routes) }
    let identity = IdentityMiddleware(logger: context.logger)
    let middleware: [Middleware] = [{ try await identity.answer($0, $1) }] + groups.flatMap(\.middleware)
    return WebServer(
      router: routes.router(middleware), configuration: serverConfiguration, loop: context.loop)
  }

  private var serverConfiguration: ServerConfiguration {
    let settings = context.configuration.current
    var configuration = ServerConfiguration()
    configuration.limits.connections = settings[Settings.connections]
    configuration.limits.bodyStall = .seconds(settings[Settings.bodyStall])
    configuration.limits.body = RouteTable.smallBody
    let access = AccessConfiguration(settings)
    configuration.allowedHosts = access.allowedHosts
    configuration.allowedOrigins = access.origins
    configuration.trustedProxies = access.trustedProxies
    configuration.renderFailure = IdentityMiddleware.render
    return configuration
  }

  private var engineConfiguration: EngineConfiguration {
    let settings = context.configuration.current
    var configuration = EngineConfiguration(
      workers: settings[Settings.mostWorkers], program: "sheaf serve", workerExecutable: workerExecutable,
      logger: context.logger)
    configuration.documentLimit = settings[Settings.documentSize] << 20
    configuration.stays = true
    return configuration
  }

  private var addresses: [SocketAddress] {
    get throws { try context.configuration[Settings.listen].map { try SocketAddress(parsing: $0) } }
  }
}

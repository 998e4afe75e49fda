import Checkpoints
import Engine
import EventLoop
import Ledger
import Logging

/// What every route group works with.
package final class ServiceContext: Sendable {
  package let configuration: LiveConfiguration
  package let loop: EventLoop
  /// For what waits for the disk: uploads, files to be sent.
  package let pool: BlockingPool
  package let clock: any ServiceClock
  package let logger: Logger
  package let logLevel: LogThreshold
  package let readiness: ServiceReadiness
  package let telemetry: Telemetry
  let search = SearchDesk()
  /// Empty until the engine is open.
  package let keys: KeyRing
  let idempotency: Idempotency
  let webhooks: WebhookConfiguration
  let fetcher: DocumentFetcher
  package let admission: AdmissionGate
  package let disk: DiskGauge
  package let hooks = ServiceHooks()
  package let files = StoredFiles()
  let bundles = PackedBundles()
  let handlers: HandlerThreads
  private let door = EngineDoor()

  package init(
    configuration: LiveConfiguration, folder: DataFolder, loop: EventLoop, logger: Logger,
    logLevel: LogThreshold, clock: any ServiceClock = WallClock(),
    diskRoom: @escaping DiskGauge.Measure = { DiskRoom(of: $0) }
  ) throws {
    handlers = try .start(Self.handlerThreads, niceness: Self.niceness)
    self.logLevel = logLevel
    disk = DiskGauge(folder, diskRoom)
    admission = AdmissionGate(configuration, disk)
    self.configuration = configuration
    self.loop = loop
    self.logger = logger
    self.clock = clock
    readiness = ServiceReadiness()
    telemetry = Telemetry(loop: loop.metrics, started: clock.now, logger: logger)
    keys = KeyRing(clock: clock)
    idempotency = Idempotency(clock: clock)
    webhooks = WebhookConfiguration(configuration.current)
    fetcher = DocumentFetcher(FetchConfiguration(configuration.current))
    pool = BlockingPool(
      threads: Self.poolThreads, waiting: Self.poolWaiting, name: "sheaf-files", niceness: Self.niceness)
  }

  /// How far threads that compute give way to the loop's: it is brief, and all wait for it. Workers give way further.
  static let niceness: Int32 = 3

  /// Threads that wait for the disk: more than it can serve at once, few enough to cost nothing.
  private static let poolThreads = 8
  /// Pieces of such work that wait: one for each upload and download that may be under way.
  private static let poolWaiting = 4096

  /// Threads of handlers: more than cores, since they wait for the disk, too.
  private static let handlerThreads = 4

  /// Runs what computes or waits for the disk on threads of its own.
  package func offLoop<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
    try await withTaskExecutorPreference(handlers, operation: body)
  }

  /// The engine, once the ledger is recovered and the plan is known.
  ///
  /// - Throws: `Problem` with `starting` before.
  package var engine: JobEngine {
    get throws(Problem) {
      guard let engine = door.engine else {
        throw .later(.starting, "The server is starting.", seconds: 1)
      }
      return engine
    }
  }

  /// The ledger, for reading.
  ///
  /// - Throws: `Problem` with `starting`.
  package var ledger: any JobLedger { get throws(Problem) { try engine.ledger } }

  /// Waits for the engine: for what runs beside the routes.
  ///
  /// - Throws: `CancellationError`.
  package func openedEngine() async throws -> JobEngine { try await door.opened() }

  func open(_ engine: JobEngine) { door.open(engine) }
}

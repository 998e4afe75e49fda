import CanonicalJSON
import Logging
import StageKit
import Synchronization
import WorkerChannel

/// A worker process that has said it is ready.
///
/// Used by one task; the watch over a unit only asks for its id and ends it.
final class WarmWorker {
  let connection: WorkerConnection
  let pid: Int32
  /// Whose documents it has seen; nil as long as it has seen none.
  var tenant: WorkerTenant?
  /// Units it has run.
  var unitCount = 0
  private(set) var exit: ProcessExit?

  /// - Throws: where the process does not start or does not get ready in time.
  convenience init(program: WorkerProgram, scratch: String, logger: Logger) async throws {
    try await self.init(program.start(scratch: scratch), logger: logger)
  }

  /// - Parameter process: one that `WorkerProgram` has started.
  init(_ process: SpawnedProcess, logger: Logger) async throws {
    let log = WorkerLogReader(logger: logger, process: process.pid)
    connection = try WorkerConnection(process, onLogLine: { log.read($0) })
    pid = process.pid
    try await becomeReady()
  }

  /// A worker with the plan that it has told.
  ///
  /// - Throws: `StageFailure` where it speaks another protocol or tells none.
  static func describing(
    _ process: SpawnedProcess, logger: Logger
  ) async throws -> sending (worker: WarmWorker, plan: PlanDescription) {
    do {
      let worker = try await WarmWorker(process, logger: logger)
      return (worker, try await worker.describe())
    } catch let failure as NotReady {
      logger.error("sheaf-worker told no plan", metadata: ["said": "\(failure.said)"])
      throw StageFailure(.internalError, "sheaf-worker could not describe its stages.", hint: "Run sheaf doctor.")
    }
  }

  private func describe() async throws -> PlanDescription {
    let killer = connection.killing(after: Self.readiness)
    defer { killer.cancel() }
    try connection.send(try CanonicalEncoder().encode(EngineMessage.describe), deadline: .now + Self.readiness)
    switch try await connection.next() {
    case .frame(let frame)?:
      let message = try CanonicalDecoder().decode(WorkerMessage.self, from: frame.bytes)
      guard case .described(let plan) = message else { throw NotReady(said: "\(message)") }
      return plan
    case .exited(let exit)?:
      self.exit = exit
      throw NotReady(said: "\(exit.cause)")
    case .closed?, nil: throw NotReady(said: "nothing")
    }
  }

  var hasEnded: Bool { exit != nil }

  /// Tells it to leave, and ends it where it does not.
  func retire() async {
    guard !hasEnded else { return }
    connection.endSending()
    let killer = connection.killing(after: Self.patience)
    exit = await connection.exit()
    killer.cancel()
  }

  /// Records how the process ended.
  func ended(_ exit: ProcessExit) { self.exit = exit }

  /// A worker between units has nothing to finish.
  private static let patience = Duration.seconds(1)
  /// Getting ready means loading libraries and hashing language data: a tenth of a second, more on a busy disk.
  private static let readiness = Duration.seconds(60)

  private func becomeReady() async throws {
    let killer = connection.killing(after: Self.readiness)
    defer { killer.cancel() }
    while let event = try await connection.next() {
      switch event {
      case .frame(let frame):
        let message = try CanonicalDecoder().decode(WorkerMessage.self, from: frame.bytes)
        guard case .ready(let version) = message else { throw NotReady(said: "\(message)") }
        guard version == PlanDescription.protocolVersion else {
          throw StageFailure(
            .internalError, "sheaf-worker is of another version than sheaf.", hint: "Install both from one release.")
        }
        return
      case .closed: continue
      case .exited(let exit):
        self.exit = exit
        throw NotReady(said: "\(exit.cause)")
      }
    }
    throw NotReady(said: "nothing")
  }

  /// What came instead of `ready`.
  struct NotReady: Error {
    let said: String
  }
}

extension WorkerConnection {
  /// Ends the worker after a while, unless cancelled before.
  fileprivate func killing(after patience: Duration) -> Task<Void, Never> {
    Task {
      do { try await Task.sleep(for: patience) } catch { return }
      kill()
    }
  }
}

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
  /// Whose documents it has seen.
  let tenant: WorkerTenant
  /// Units it has run.
  var unitCount = 0
  private(set) var exit: ProcessExit?

  /// - Throws: where the process does not start or does not get ready in time.
  init(program: WorkerProgram, scratch: String, tenant: WorkerTenant, logger: Logger) async throws {
    self.tenant = tenant
    let process = try await program.start(scratch: scratch)
    let log = WorkerLogReader(logger: logger, process: process.pid)
    connection = try WorkerConnection(process, onLogLine: { log.read($0) })
    pid = process.pid
    try await becomeReady()
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
        guard case .ready(PlanDescription.protocolVersion) = message else { throw NotReady(said: "\(message)") }
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

import Checkpoints
import Ledger
import StageKit
import Synchronization
import TestSupport

@testable import Service

/// A ledger in a folder of its own.
final class LedgerPlace: Sendable {
  let folder: DataFolder
  let ledger: SQLiteLedger
  // Held for its deinit only.
  private let temporary: TemporaryFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = DataFolder(temporary.path + "/data")
    try folder.create()
    ledger = try SQLiteLedger(path: folder.ledger)
  }

  /// Stores a queued job.
  @discardableResult
  func submit(
    _ name: String = "a.pdf", owner: String = "", webhook: WebhookTarget? = nil, answer: StoredAnswer? = nil
  ) async throws -> JobID {
    var generator = SystemRandomNumberGenerator()
    let id = JobID(using: &generator)
    let manifest = JobManifest(
      id: id, name: name, source: Digest(of: Array(name.utf8)), sourceLength: 1000, settings: JobSettings(),
      state: .queued, owner: owner, created: "2026-01-02T03:04:05Z")
    var changes: [LedgerChange] = []
    if let webhook { changes.append(.webhook(id, webhook)) }
    if let answer { changes.append(.answer(answer)) }
    _ = try await ledger.create(JobRecord(manifest: manifest, created: 1), units: [], with: changes)
    return id
  }

  /// Ends a job, as the engine does.
  @discardableResult
  func finish(_ job: JobID, as state: JobState = .completed, _ failure: StageFailure? = nil) async throws -> [JobEvent]
  {
    let event = JobEvent(job: job, kind: .jobState, state: state.rawValue, failure: failure)
    return try await ledger.apply([.jobState(job, state, failure), .event(event)])
  }
}

/// Stands still until it is moved.
final class ManualClock: ServiceClock {
  private let time: Mutex<Double>

  init(_ time: Double = 1_800_000_000) { self.time = Mutex(time) }

  var now: Double { time.withLock { $0 } }

  func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
}

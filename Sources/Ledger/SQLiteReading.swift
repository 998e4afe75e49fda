import Checkpoints
import GRDB
import StageKit

/// Answers the questions of `LedgerReader` from connections to SQLite.
package protocol SQLiteReading: LedgerReader {
  /// Where each question gets a snapshot of its own; never waits for a writer.
  nonisolated var connections: any DatabaseReader { get }
}

extension SQLiteReading {
  package func artifact(key: Digest) async throws -> ArtifactRecord? {
    try await read { try $0.artifacts(keys: [key])[key] }
  }

  package func artifacts(keys: [Digest]) async throws -> [Digest: ArtifactRecord] {
    try await read { try $0.artifacts(keys: keys) }
  }

  package func knownObjects(among digests: [Digest]) async throws -> Set<Digest> {
    try await read { try $0.knownObjects(among: digests) }
  }

  package func job(_ id: JobID) async throws -> JobRecord? {
    try await read { try $0.job(id) }
  }

  package func jobWithUnits(_ id: JobID) async throws -> (job: JobRecord, units: [UnitRecord])? {
    try await read { database in
      guard let job = try database.job(id) else { return nil }
      return (job, try database.all(UnitQuery.ofJob, [id], UnitRecord.init))
    }
  }

  package func jobs(prefix: String) async throws -> [JobRecord] {
    try await read { try $0.jobs(prefix: prefix) }
  }

  package func jobs(states: Set<JobState>?, before: JobRecord?, limit: Int) async throws -> [JobRecord] {
    try await read { try $0.jobs(states: states, before: before, limit: limit) }
  }

  package func oldestJobs(after last: JobRecord?, limit: Int) async throws -> [JobRecord] {
    try await read { database in
      try database.all(
        RetentionQuery.oldest, [last?.created ?? -Double.infinity, last?.manifest.id.text ?? "", max(0, limit)],
        JobRecord.init)
    }
  }

  package func jobs(owner: String, before: JobRecord?, limit: Int) async throws -> [JobRecord] {
    try await read { try $0.jobs(owner: owner, before: before, limit: limit) }
  }

  package func unfinishedJobs() async throws -> [JobRecord] {
    try await read { try $0.unfinishedJobs() }
  }

  package func tombstones() async throws -> [JobRecord] {
    try await read { try $0.all(JobQuery.buried, [], JobRecord.init) }
  }

  package func hasJobs(source: Digest) async throws -> Bool {
    try await read { try $0.exists(JobQuery.hasSource, [source]) }
  }

  package func isUntouched(_ job: JobID) async throws -> Bool {
    try await read { try $0.exists(JobQuery.isUntouched, [job]) }
  }

  package func units(of job: JobID) async throws -> [UnitRecord] {
    try await read { try $0.all(UnitQuery.ofJob, [job], UnitRecord.init) }
  }

  package func attempts(of job: JobID, unit: UnitID?) async throws -> [AttemptRecord] {
    try await read { try $0.attempts(of: job, unit: unit) }
  }

  package func costs(of job: JobID) async throws -> [StageID: StageCost] {
    try await read { database in
      let rows = try database.all(AttemptQuery.costs, [job]) { row in
        (
          number: try row.decode(String.self, atIndex: 0),
          cost: StageCost(
            attempts: try row.decode(atIndex: 1), cpuSeconds: try row.decode(atIndex: 2),
            seconds: try row.decode(atIndex: 3))
        )
      }
      let stages = Dictionary(uniqueKeysWithValues: StageID.allCases.map { (String($0.folder.prefix(2)), $0) })
      return Dictionary(rows.compactMap { row in stages[row.number].map { ($0, row.cost) } }) { first, _ in first }
    }
  }

  package func makers(of key: Digest) async throws -> [MakerRecord] {
    try await read { try $0.all(AttemptQuery.ofKey, [key], MakerRecord.init) }
  }

  package func events(of job: JobID, unit: UnitID) async throws -> [JobEvent] {
    try await read { try $0.all(AttemptQuery.eventsOfUnit, [job, unit], JobEvent.init) }
  }

  package func events(of job: JobID, since: Int64, limit: Int) async throws -> [JobEvent] {
    try await read { try $0.all(AttemptQuery.events, [job, since, max(0, limit)], JobEvent.init) }
  }

  package func pins(of job: JobID) async throws -> [PinEntry] {
    try await read { try $0.pins(of: job) }
  }

  package func pinCounts() async throws -> [JobID: PinCounts] {
    try await read { try $0.pinCounts() }
  }

  package func history(of job: JobID, unit: UnitID?) async throws -> [HistoryEntry] {
    try await read { try $0.history(of: job, unit: unit) }
  }

  /// Runs the body in a read transaction, off the caller's thread.
  ///
  /// By callback, for GRDB's async reads fail in a cancelled task: what cleans up after a cancel reads too.
  func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      connections.asyncRead { database in
        continuation.resume(with: Result { try LedgerFailure.translating { try body(database.get()) } })
      }
    }
  }
}

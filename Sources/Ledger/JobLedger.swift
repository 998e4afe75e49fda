import Checkpoints
import StageKit

/// The port to the database of jobs, units, attempts, events and leases.
///
/// Writes are acknowledged when they are durable. Everything that a worker's result causes goes through `complete`, under
/// the fence of its lease.
package protocol JobLedger: Sendable {
  /// Adds a job with its first units and events.
  ///
  /// - Throws: `LedgerFailure.jobExists`.
  func create(_ job: JobRecord, units: [UnitRecord]) async throws -> [JobEvent]

  /// Applies changes together that no lease guards (states, settings, reuse of artifacts).
  ///
  /// - Returns: the events among them, numbered and dated.
  func apply(_ changes: [LedgerChange]) async throws -> [JobEvent]

  /// Leases a unit: counts the attempt, stores its start and the event of it.
  func lease(_ unit: UnitID, of job: JobID, key: Digest, owner: String, worker: Int?) async throws -> (Lease, [JobEvent])

  /// Ends a lease and applies what its result causes.
  ///
  /// - Throws: `LedgerFailure.staleFence` where the unit has been leased anew, let go or fenced since; nothing is applied.
  func complete(_ lease: Lease, _ changes: [LedgerChange]) async throws -> [JobEvent]

  /// Makes the leases of these units stale (edit, rerun, cancel), their attempts `outcome`.
  func fence(_ units: [UnitID], of job: JobID, outcome: AttemptOutcome) async throws

  /// Ends every lease of other owners: their attempts become `interrupted`, their units `ready`. For the start of an owner.
  ///
  /// - Returns: how many there were.
  func release(exceptOwner owner: String) async throws -> Int

  func artifact(key: Digest) async throws -> ArtifactRecord?
  /// The artifacts of many keys at once, for resume.
  func artifacts(keys: [Digest]) async throws -> [Digest: ArtifactRecord]
  /// Whether any artifact, document or pin names this object.
  func job(_ id: JobID) async throws -> JobRecord?
  /// Jobs whose id begins so, at most 2 (one is the answer, two are ambiguous).
  func jobs(prefix: String) async throws -> [JobRecord]
  /// Newest first, from just after `before`.
  func jobs(states: Set<JobState>?, before: JobRecord?, limit: Int) async throws -> [JobRecord]
  /// Unfinished jobs by priority, then age; tombstones excluded.
  func unfinishedJobs() async throws -> [JobRecord]
  func tombstones() async throws -> [JobRecord]
  /// By stage, then subject.
  func units(of job: JobID) async throws -> [UnitRecord]
  /// In the order they began.
  func attempts(of job: JobID, unit: UnitID?) async throws -> [AttemptRecord]
  func events(of job: JobID, since: Int64, limit: Int) async throws -> [JobEvent]

  /// Marks a job deleted; from then on only `removeRows` touches it.
  func bury(_ job: JobID) async throws
  /// Removes a buried job's rows.
  ///
  /// - Returns: keys and source that no other job's rows refer to any more.
  func removeRows(of job: JobID) async throws
  /// Whether another job (not buried) has this document.
  func hasJobs(source: Digest) async throws -> Bool
}

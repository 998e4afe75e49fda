import Checkpoints
import StageKit

/// The port to the database of jobs, units, attempts, events and leases.
///
/// Writes are acknowledged when they are durable, and one caller's writes happen in the order it makes them. Cancelling
/// the caller's task stops no write. Everything that a worker's result causes goes through `complete`, under the fence
/// of its lease.
package protocol JobLedger: LedgerReader {
  /// Adds a job with its first units, and what else is to stand or fall with it.
  ///
  /// - Returns: the event of its first state.
  /// - Throws: `LedgerFailure.jobExists`.
  func create(_ job: JobRecord, units: [UnitRecord], with changes: [LedgerChange]) async throws -> [JobEvent]

  /// Applies changes together that no lease guards (states, settings, reuse of artifacts).
  ///
  /// - Returns: the events among them, numbered and dated.
  /// - Throws: `LedgerFailure.jobNotFound` where a change is to an unknown or buried job; nothing is applied.
  @discardableResult
  func apply(_ changes: [LedgerChange]) async throws -> [JobEvent]

  /// Leases a unit: it is `running`, the attempt is counted, its start and the event of it are stored.
  ///
  /// A lease that the unit still had becomes stale, its attempt `interrupted`.
  ///
  /// - Parameter spare: so many fences behind the lease's own are given to nobody else: they are for attempts that the
  ///   owner begins behind this one (`LedgerChange.begin`).
  /// - Throws: `LedgerFailure.unitNotFound`, `LedgerFailure.jobNotFound`.
  func lease(
    _ unit: UnitID, of job: JobID, key: Digest, owner: String, worker: Int?, spare: Int
  ) async throws -> (Lease, [JobEvent])

  /// Ends a lease and applies what its result causes, the end of the attempt among it.
  ///
  /// - Throws: `LedgerFailure.staleFence` where the unit has been leased anew, let go or fenced since,
  ///   `LedgerFailure.attemptNotEnded` where no change ends the lease's attempt; nothing is applied.
  @discardableResult
  func complete(_ lease: Lease, _ changes: [LedgerChange]) async throws -> [JobEvent]

  /// Makes the leases of these units stale (edit, rerun, cancel), their attempts `outcome`; their states stay.
  func fence(_ units: [UnitID], of job: JobID, outcome: AttemptOutcome) async throws

  /// Ends every lease of other owners: their attempts become `interrupted`, their units `ready`, with an event each.
  /// For the start of an owner.
  ///
  /// - Returns: how many there were.
  func release(exceptOwner owner: String) async throws -> Int

  /// Marks a job deleted and ends its leases; from then on only `removeRows` touches it.
  func bury(_ job: JobID) async throws

  /// Marks a job deleted if it is finished since before a time: what expires never takes unfinished work with it.
  ///
  /// - Parameter unlessPinned: whether a job with a person's checkpoint stays.
  /// - Returns: whether it did.
  func bury(_ job: JobID, finishedBefore time: Double, unlessPinned: Bool) async throws -> Bool

  /// Notes of some page images of a finished job that their files may go, and tells which. Those that an unfinished job
  /// may read stay.
  ///
  /// - Parameters:
  ///   - last: where the step before ended.
  ///   - limit: files that are looked at.
  func dropRasters(of job: JobID, after last: UnitID?, limit: Int) async throws -> DroppedRasters

  /// Removes a buried job's rows, and the artifacts that no other job's units name. Long work is done in steps that let
  /// other writes pass; if it breaks off, calling it again goes on.
  ///
  /// - Parameter spared: keys whose results stay although no unit names them now: somebody is about to.
  /// - Throws: `LedgerFailure.jobNotBuried`.
  func removeRows(of job: JobID, sparing spared: Set<Digest>) async throws
}

extension JobLedger {
  package func removeRows(of job: JobID) async throws { try await removeRows(of: job, sparing: []) }

  package func lease(
    _ unit: UnitID, of job: JobID, key: Digest, owner: String, worker: Int?
  ) async throws -> (Lease, [JobEvent]) {
    try await lease(unit, of: job, key: key, owner: owner, worker: worker, spare: 0)
  }

  package func create(_ job: JobRecord, units: [UnitRecord]) async throws -> [JobEvent] {
    try await create(job, units: units, with: [])
  }

  package func fence(_ units: [UnitID], of job: JobID, outcome: AttemptOutcome) async throws {
    try await apply([.fence(job, units, outcome)])
  }
}

import Checkpoints
import StageKit

extension SQLiteLedger: JobLedger {
  package func create(
    _ job: JobRecord, units: [UnitRecord], with changes: [LedgerChange]
  ) async throws -> [JobEvent] {
    try await write { try $0.create(job, units: units, with: changes) }
  }

  @discardableResult
  package func apply(_ changes: [LedgerChange]) async throws -> [JobEvent] {
    try await write { try $0.apply(changes) }
  }

  package func lease(
    _ unit: UnitID, of job: JobID, key: Digest, owner: String, worker: Int?, spare: Int
  ) async throws -> (Lease, [JobEvent]) {
    try await write { try $0.lease(unit, of: job, key: key, owner: owner, worker: worker, spare: spare) }
  }

  @discardableResult
  package func complete(_ lease: Lease, _ changes: [LedgerChange]) async throws -> [JobEvent] {
    try await write { try $0.complete(lease, changes) }
  }

  package func release(exceptOwner owner: String) async throws -> Int {
    try await write { try $0.release(exceptOwner: owner) }
  }

  package func bury(_ job: JobID) async throws {
    try await write { try $0.bury(job) }
  }

  package func bury(_ job: JobID, finishedBefore time: Double, unlessPinned: Bool) async throws -> Bool {
    try await write { try $0.bury(job, finishedBefore: time, unlessPinned: unlessPinned) }
  }

  package func dropRasters(of job: JobID, after last: UnitID?, limit: Int) async throws -> DroppedRasters {
    try await write { try $0.dropRasters(of: job, after: last, limit: limit) }
  }

  package func removeRows(of job: JobID, sparing spared: Set<Digest>) async throws {
    while try await write({ try $0.removeSomeRows(of: job, sparing: spared) }) {}
  }
}

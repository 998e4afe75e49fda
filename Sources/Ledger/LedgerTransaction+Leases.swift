import Checkpoints
import GRDB
import StageKit

extension LedgerTransaction {
  func lease(
    _ unit: UnitID, of job: JobID, key: Digest, owner: String, worker: Int?, spare: Int
  ) throws -> (Lease, [JobEvent]) {
    try requireLiving(job)
    try fence(unit, of: job, outcome: .interrupted)
    // From the attempts, not the unit's row: that may have left the plan and come back.
    let newest = try database.first(AttemptQuery.newest, [job, unit]) { try $0.decode(Int?.self, atIndex: 0) } ?? nil
    let last = try database.first(AttemptQuery.nextFence, [1 + max(0, spare)]) { try $0.decode(Int64.self, atIndex: 0) }
    guard let last else { throw LedgerFailure.corrupt(message: "the counter of fences is missing") }
    let fence = last - Int64(max(0, spare))
    let lease = Lease(job: job, unit: unit, attempt: (newest ?? 0) + 1, fence: fence, owner: owner)
    guard try database.run(UnitQuery.start, [job, unit, lease.attempt]) == 1 else {
      throw LedgerFailure.unitNotFound(job, unit)
    }
    try database.run(AttemptQuery.lease, [job, unit, lease.attempt, fence, owner])
    try database.run(AttemptQuery.start, [job, unit, lease.attempt, key, fence, owner, now, worker])
    let event = JobEvent(
      job: job, kind: .unitStarted, unit: unit, state: UnitState.running.rawValue, attempt: lease.attempt,
      worker: worker)
    return (lease, [try number(event)])
  }

  func complete(_ lease: Lease, _ changes: [LedgerChange]) throws -> [JobEvent] {
    let endsAttempt = changes.contains { change in
      if case .attempt(lease, _, _) = change { true } else { false }
    }
    guard endsAttempt else { throw LedgerFailure.attemptNotEnded(lease) }
    let ended = try database.run(
      AttemptQuery.endLease, [lease.job, lease.unit, lease.attempt, lease.fence, lease.owner])
    guard ended == 1 else { throw LedgerFailure.staleFence(lease) }
    return try apply(changes)
  }

  /// Begins an attempt under a lease that the owner has put together; where the unit goes on running, the lease is its own
  /// from now on.
  func begin(_ start: AttemptStart) throws -> JobEvent {
    let lease = start.lease
    try requireLiving(lease.job)
    if start.isRunning {
      guard try database.run(UnitQuery.start, [lease.job, lease.unit, lease.attempt]) == 1 else {
        throw LedgerFailure.unitNotFound(lease.job, lease.unit)
      }
      try database.run(AttemptQuery.lease, [lease.job, lease.unit, lease.attempt, lease.fence, lease.owner])
    }
    try database.run(
      AttemptQuery.start,
      [
        lease.job, lease.unit, lease.attempt, start.key, lease.fence, lease.owner, now - max(0, start.age),
        start.worker,
      ])
    return try number(
      JobEvent(
        job: lease.job, kind: .unitStarted, unit: lease.unit, state: UnitState.running.rawValue,
        attempt: lease.attempt, worker: start.worker))
  }

  /// Makes the unit's lease stale, if it has one.
  func fence(_ unit: UnitID, of job: JobID, outcome: AttemptOutcome) throws {
    guard let lease = try database.first(AttemptQuery.leaseOfUnit, [job, unit], Lease.init) else { return }
    try revoke(lease, outcome)
  }

  func release(exceptOwner owner: String) throws -> Int {
    let leases = try database.all(AttemptQuery.leasesOfOthers, [owner], Lease.init)
    for lease in leases {
      try revoke(lease, .interrupted)
      guard try database.run(UnitQuery.makeReady, [lease.job, lease.unit]) == 1 else { continue }
      _ = try number(
        JobEvent(
          job: lease.job, kind: .unitRetried, unit: lease.unit, state: UnitState.ready.rawValue,
          attempt: lease.attempt))
    }
    return leases.count
  }

  /// - Throws: `LedgerFailure.staleFence` where the attempt has an outcome already.
  func end(_ lease: Lease, _ outcome: AttemptOutcome, _ use: AttemptUse) throws {
    let ended = try database.run(
      AttemptQuery.end,
      [
        now, outcome.name, JSONColumn.ifAny(outcome.failure), outcome.signal, use.cpuSeconds, use.peakBytes,
        use.queueSeconds, use.spawnSeconds, use.workSeconds, use.storeSeconds, lease.job, lease.unit, lease.attempt,
        lease.fence,
      ])
    guard ended == 1 else { throw LedgerFailure.staleFence(lease) }
  }

  func revoke(_ lease: Lease, _ outcome: AttemptOutcome) throws {
    try database.run(AttemptQuery.removeLease, [lease.job, lease.unit])
    try end(lease, outcome, AttemptUse())
  }
}

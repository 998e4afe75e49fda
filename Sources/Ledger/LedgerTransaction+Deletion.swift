import Checkpoints
import GRDB
import StageKit

extension LedgerTransaction {
  func bury(_ job: JobID) throws {
    for lease in try database.all(AttemptQuery.leasesOfJob, [job], Lease.init) { try revoke(lease, .cancelled) }
    guard try database.run(JobQuery.bury, [job]) == 1 else { throw LedgerFailure.jobNotFound(job) }
    try database.run(WebhookQuery.dropPending, [job])
  }

  /// Removes a buried job's rows, at most some hundreds of a kind at once, so that no other write waits long.
  ///
  /// - Parameter spared: keys whose results stay although no unit names them now: somebody is about to.
  /// - Returns: whether there is more to do.
  func removeSomeRows(of job: JobID, sparing spared: Set<Digest> = []) throws -> Bool {
    let isBuried = try database.first(JobQuery.isBuried, [job]) { try $0.decode(Bool.self, atIndex: 0) }
    guard let isBuried else { return false }
    guard isBuried else { throw LedgerFailure.jobNotBuried(job) }
    if try removeUnits(of: job, sparing: spared) { return true }
    if try removeAttempts(of: job, sparing: spared) { return true }
    if try removeEvents(of: job) { return true }
    if try removeHistory(of: job, step: Self.step) { return true }
    try database.run(UnitQuery.removePins, [job])
    try removeWebhooks(of: job)
    let source = try database.first(JobQuery.remove, [job]) { try $0.decode(Digest.self, atIndex: 0) }
    if let source { try database.run(JobQuery.removeDocument, [source]) }
    return false
  }

  private func removeUnits(of job: JobID, sparing spared: Set<Digest>) throws -> Bool {
    let units = try database.all(UnitQuery.keys, [job, Self.step]) { row in
      (unit: try row.decode(UnitID.self, atIndex: 0), key: try row.decode(Digest?.self, atIndex: 1))
    }
    guard let last = units.last else { return false }
    try database.run(UnitQuery.removeUpTo, [job, last.unit])
    try removeArtifacts(units.compactMap(\.key).filter { !spared.contains($0) })
    return true
  }

  private func removeAttempts(of job: JobID, sparing spared: Set<Digest>) throws -> Bool {
    let attempts = try database.all(AttemptQuery.keys, [job, Self.step]) { row in
      (fence: try row.decode(Int64.self, atIndex: 0), key: try row.decode(Digest.self, atIndex: 1))
    }
    guard let last = attempts.last else { return false }
    try database.run(AttemptQuery.removeUpTo, [job, last.fence])
    try removeArtifacts(attempts.map(\.key).filter { !spared.contains($0) })
    return true
  }

  private func removeEvents(of job: JobID) throws -> Bool {
    let events = try database.all(AttemptQuery.events, [job, 0, Self.step]) { try $0.decode(Int64.self, atIndex: 0) }
    guard let last = events.last else { return false }
    return try database.run(AttemptQuery.removeEvents, [job, last]) > 0
  }

  /// The artifacts that no unit names any more, of this job or another.
  private func removeArtifacts(_ keys: [Digest]) throws {
    for key in keys where try !database.exists(UnitQuery.hasKey, [key]) {
      try database.run(ArtifactQuery.remove, [key])
    }
  }

  /// Rows of a kind in one step: some ten milliseconds of work.
  private static let step = 500
}

import Checkpoints
import Foundation
import GRDB
import StageKit

extension LedgerTransaction {
  func add(_ key: APIKeyRecord) throws {
    try database.run(
      AccessQuery.insertKey,
      [
        key.id, key.name, key.role.rawValue, Data(key.salt), Data(key.hash), key.limits.rate, key.limits.burst,
        key.limits.concurrency, key.created, key.revoked,
      ])
  }

  func store(_ answer: StoredAnswer) throws {
    let stored = try database.run(
      AccessQuery.putAnswer,
      [
        answer.scope, answer.key, answer.fingerprint, answer.status, answer.contentType, answer.location,
        Data(answer.body), answer.expires, now,
      ])
    guard stored == 1 else { throw LedgerFailure.integrity(message: "a second answer under one idempotency key") }
  }

  /// Counts a new job's document.
  func count(_ job: JobManifest) throws {
    try database.run(AccessQuery.addDocument, [job.owner, now, job.sourceLength])
  }

  /// Counts a job's pages when they are first known.
  func count(pages: Int, of job: JobID) throws {
    try database.run(AccessQuery.addPages, [job, now, pages])
  }

  /// Counts what an attempt cost.
  func count(cpuSeconds: Double?, of job: JobID) throws {
    guard let cpuSeconds, cpuSeconds > 0 else { return }
    try database.run(AccessQuery.addWork, [job, now, cpuSeconds])
  }
}

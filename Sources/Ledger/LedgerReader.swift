import Checkpoints
import StageKit

/// What can be asked of a ledger. Each question sees one consistent state, with all that was acknowledged before it.
///
/// Every method throws `LedgerFailure`.
package protocol LedgerReader: Sendable {
  func artifact(key: Digest) async throws -> ArtifactRecord?
  /// The artifacts of many keys at once, for resume.
  func artifacts(keys: [Digest]) async throws -> [Digest: ArtifactRecord]
  /// Which of these any artifact, document or pin names: what garbage collection must leave alone.
  func knownObjects(among digests: [Digest]) async throws -> Set<Digest>

  /// A buried job is told too, with `deleted` set.
  func job(_ id: JobID) async throws -> JobRecord?
  /// A job and its units at one moment: the units stand as after the job's newest event. A buried job is told too.
  func jobWithUnits(_ id: JobID) async throws -> (job: JobRecord, units: [UnitRecord])?
  /// Jobs whose id begins so, at most 2 (one is the answer, two are ambiguous); tombstones excluded.
  func jobs(prefix: String) async throws -> [JobRecord]
  /// Newest first, from just after `before`; tombstones excluded.
  ///
  /// - Parameter states: nil for all.
  func jobs(states: Set<JobState>?, before: JobRecord?, limit: Int) async throws -> [JobRecord]
  /// Oldest first, from just after `last`, whatever their state; tombstones excluded.
  func oldestJobs(after last: JobRecord?, limit: Int) async throws -> [JobRecord]
  /// Of one owner, newest first, from just after `before`; tombstones excluded.
  func jobs(owner: String, before: JobRecord?, limit: Int) async throws -> [JobRecord]
  /// Unfinished jobs by priority, then age; tombstones excluded.
  func unfinishedJobs() async throws -> [JobRecord]
  /// Buried jobs whose rows are still there, oldest first.
  func tombstones() async throws -> [JobRecord]
  /// Whether a job that is not buried has this document.
  func hasJobs(source: Digest) async throws -> Bool
  /// Whether nothing was ever done for a job, nor pinned, and its document is no other job's: then no result can stand
  /// under a key of its units.
  func isUntouched(_ job: JobID) async throws -> Bool

  /// By stage, then subject.
  func units(of job: JobID) async throws -> [UnitRecord]
  /// In the order they began.
  ///
  /// - Parameter unit: nil for all.
  func attempts(of job: JobID, unit: UnitID?) async throws -> [AttemptRecord]
  /// What the attempts of each stage took, all together.
  func costs(of job: JobID) async throws -> [StageID: StageCost]
  /// The attempts of any job that made what stands under a key, the earliest first.
  func makers(of key: Digest) async throws -> [MakerRecord]
  /// All events of one unit, by number.
  func events(of job: JobID, unit: UnitID) async throws -> [JobEvent]
  /// By number, from just after `since`.
  func events(of job: JobID, since: Int64, limit: Int) async throws -> [JobEvent]
  /// By stage, then subject.
  func pins(of job: JobID) async throws -> [PinEntry]
  /// How many pins each job has; jobs without any are left out.
  func pinCounts() async throws -> [JobID: PinCounts]
  /// Checkpoints that were replaced, by unit, then number.
  ///
  /// - Parameter unit: with its parts, where it has some; nil for all.
  func history(of job: JobID, unit: UnitID?) async throws -> [HistoryEntry]
}

extension LedgerReader {
  /// Whether any artifact, document or pin names this object.
  package func knowsObject(_ digest: Digest) async throws -> Bool {
    try await knownObjects(among: [digest]).contains(digest)
  }
}

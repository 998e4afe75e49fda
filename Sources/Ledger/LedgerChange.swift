import Checkpoints
import StageKit

/// One effect of a transaction. A unit's completion is a list of them, applied together or not at all.
package enum LedgerChange: Sendable {
  /// Inserts or replaces rows of a job's units.
  case units(JobID, [UnitRecord])
  /// Removes units that are no longer in the plan; a lease of theirs ends as `cancelled`.
  case removeUnits(JobID, [UnitID])
  /// Makes the leases of these units stale, their attempts the outcome; the units' states are left to `units`.
  case fence(JobID, [UnitID], AttemptOutcome)
  /// Inserts or replaces all that is known of a key.
  case artifact(ArtifactRecord)
  /// Forgets a key's artifact: its bytes were not what was recorded.
  case removeArtifact(key: Digest)
  /// Also keeps when the job first ran and when it ended.
  case jobState(JobID, JobState, StageFailure?)
  case jobPages(JobID, Int)
  case jobSettings(JobID, JobSettings)
  /// Begins an attempt behind the one whose lease is being completed.
  case begin(AttemptStart)
  /// Ends the attempt of a lease.
  case attempt(Lease, AttemptOutcome, AttemptUse)
  /// Inserts or replaces a unit's pin.
  case pin(PinEntry)
  case removePin(JobID, UnitID)
  /// Has the job's ends told to somebody.
  case webhook(JobID, WebhookTarget)
  /// Keeps the answer to a request with an `Idempotency-Key`; the whole transaction fails where there is one.
  case answer(StoredAnswer)
  /// Keeps a checkpoint that was replaced, and of older ones so many that there are `keep`.
  case history(HistoryEntry, keep: Int)
  /// Keeps what a unit's result under a key (nil: a gap) replaces, as entries of this number. Before the unit's new row.
  case supersede(JobID, UnitID, by: Digest?, number: Int, keep: Int)
  /// Forgets the oldest replaced checkpoints beyond `keep` of each.
  case pruneHistory(JobID, keep: Int)
  case event(JobEvent)
}

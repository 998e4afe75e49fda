import Checkpoints
import StageKit

/// One effect of a transaction. A unit's completion is a list of them, applied together or not at all.
package enum LedgerChange: Sendable {
  /// Inserts or replaces rows of a job's units.
  case units(JobID, [UnitRecord])
  /// Removes units that are no longer in the plan.
  case removeUnits(JobID, [UnitID])
  case artifact(ArtifactRecord)
  /// Forgets a key's artifact: its bytes were not what was recorded.
  case removeArtifact(key: Digest)
  case jobState(JobID, JobState, StageFailure?)
  case jobPages(JobID, Int)
  case jobSettings(JobID, JobSettings)
  /// Ends the attempt of a lease.
  case attempt(Lease, AttemptOutcome, cpuSeconds: Double?, peakBytes: Int?)
  case event(JobEvent)
}

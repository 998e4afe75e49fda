import Checkpoints
import StageKit

/// One numbered transition of a job: stored before it is told.
package struct JobEvent: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    case jobState = "job_state"
    case unitStarted = "unit_started"
    case unitFinished = "unit_finished"
    /// The unit's checkpoint was found under its key.
    case unitReused = "unit_reused"
    /// A unit was run by force although its result was there; the state says whether the new one is `equal` or `different`.
    case unitRepeated = "unit_repeated"
    case unitRetried = "unit_retried"
    case unitGap = "unit_gap"
    case unitFailed = "unit_failed"
    case unitCancelled = "unit_cancelled"
    /// A checkpoint did not have the bytes that were recorded.
    case checkpointQuarantined = "checkpoint_quarantined"
    /// A file that a person put into the job's tree was found and kept.
    case strangeFile = "strange_file"
    /// A person's checkpoint stands for the unit from now on; the state says by what: `edit`, `restore`, `merge`.
    case unitPinned = "unit_pinned"
    /// The stage's own checkpoint stands for the unit again.
    case unitUnpinned = "unit_unpinned"
    /// What a pin is based on is no longer what the stage makes (`conflict`), or is so again or as good as (`none`).
    case pinConflict = "pin_conflict"
  }

  /// Grows by one per job, from 1; 0 until the ledger has stored it.
  package var seq: Int64
  package let job: JobID
  package let kind: Kind
  package let unit: UnitID?
  /// The state after it: of the unit, or of the job for `job_state`.
  package let state: String
  package let attempt: Int?
  /// Seconds since 1970, by the ledger's clock.
  package var at: Double
  package let failure: StageFailure?
  /// The number of the worker that a unit began at, from 1; nil for other events, and where nobody noted it.
  package let worker: Int?

  package init(
    job: JobID, kind: Kind, unit: UnitID? = nil, state: String, attempt: Int? = nil, failure: StageFailure? = nil,
    worker: Int? = nil, seq: Int64 = 0, at: Double = 0
  ) {
    self.seq = seq
    self.job = job
    self.kind = kind
    self.unit = unit
    self.state = state
    self.attempt = attempt
    self.at = at
    self.failure = failure
    self.worker = worker
  }
}

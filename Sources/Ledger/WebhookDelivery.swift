import Checkpoints
import StageKit

/// One message that tells a job's end: everything its text is made of, as it was then, so that every attempt sends the
/// same bytes even if the job has been run again since.
package struct WebhookDelivery: Sendable, Hashable {
  package let job: JobID
  /// The number of the event that it tells.
  package let seq: Int64
  package let state: DeliveryState
  /// How the job ended.
  package let jobState: JobState
  /// Seconds since 1970, of the event.
  package let at: Double
  package let pageCount: Int?
  package let failure: StageFailure?
  /// Attempts so far.
  package let attempts: Int
  /// Seconds since 1970, of the next attempt.
  package let due: Double
  package let target: WebhookTarget
  /// The document's name.
  package let name: String
  package let owner: String

  package init(
    job: JobID, seq: Int64, state: DeliveryState, jobState: JobState, at: Double, pageCount: Int?,
    failure: StageFailure?, attempts: Int, due: Double, target: WebhookTarget, name: String, owner: String
  ) {
    self.job = job
    self.seq = seq
    self.state = state
    self.jobState = jobState
    self.at = at
    self.pageCount = pageCount
    self.failure = failure
    self.attempts = attempts
    self.due = due
    self.target = target
    self.name = name
    self.owner = owner
  }
}

import Checkpoints
import GRDB
import StageKit

extension LedgerTransaction {
  func put(_ target: WebhookTarget, of job: JobID) throws {
    guard try database.run(WebhookQuery.put, [job, target.url, target.secret]) == 1 else {
      throw LedgerFailure.jobNotFound(job)
    }
  }

  /// Puts a job's end into the outbox, if somebody wants to be told: with the event itself, or not at all.
  func enqueueDelivery(of event: JobEvent) throws {
    guard event.kind == .jobState, let state = JobState(rawValue: event.state), state.isFinished else { return }
    try database.run(
      WebhookQuery.enqueue, [event.job, event.seq, state, event.at, JSONColumn.ifAny(event.failure)])
  }

  func record(_ attempt: DeliveryAttempt, _ outcome: DeliveryOutcome, of delivery: WebhookDelivery) throws {
    var due: Double?
    if case .retried(let time) = outcome { due = time }
    let ended = try database.run(
      WebhookQuery.end, [delivery.job, delivery.seq, outcome.state.rawValue, attempt.number, due])
    guard ended == 1 else { return }
    try database.run(
      WebhookQuery.putAttempt,
      [
        delivery.job, delivery.seq, attempt.number, attempt.at, attempt.status, attempt.error, attempt.seconds,
      ])
    guard outcome == .disabled else { return }
    try database.run(WebhookQuery.disable, [delivery.owner, delivery.target.url, now])
    try database.run(WebhookQuery.disablePending, [delivery.owner, delivery.target.url])
  }

  /// All of a job's; some rows, since a job ends a few times at most.
  func removeWebhooks(of job: JobID) throws {
    try database.run(WebhookQuery.removeAttempts, [job])
    try database.run(WebhookQuery.removeDeliveries, [job])
    try database.run(WebhookQuery.remove, [job])
  }
}

import Checkpoints

/// The port to the outbox of webhooks. Messages come into it by the transactions that end jobs.
///
/// Every method throws `LedgerFailure`.
package protocol WebhookLedger: Sendable {
  /// What is to be sent by now, the longest due first.
  ///
  /// - Parameter receivers: hosts with their ports, in lower case, that are sent nothing now.
  func dueDeliveries(before time: Double, limit: Int, excluding receivers: Set<String>) async throws
    -> [WebhookDelivery]
  /// When the next message is due that is not due by then, seconds since 1970; nil where there is none.
  func nextDelivery(after time: Double) async throws -> Double?
  /// Keeps an attempt and what follows from it. Where the message is no longer pending (its job is being deleted, say),
  /// nothing happens.
  func record(_ attempt: DeliveryAttempt, _ outcome: DeliveryOutcome, of delivery: WebhookDelivery) async throws
  /// Whom a job's end is told to, and whether that was ended by 410.
  func webhook(of job: JobID) async throws -> (target: WebhookTarget, isDisabled: Bool)?
  /// A job's messages with their attempts, the oldest first.
  func deliveries(of job: JobID) async throws -> [(delivery: WebhookDelivery, attempts: [DeliveryAttempt])]
}

extension WebhookLedger {
  /// What is to be sent by now, to whomever.
  package func dueDeliveries(before time: Double, limit: Int) async throws -> [WebhookDelivery] {
    try await dueDeliveries(before: time, limit: limit, excluding: [])
  }
}

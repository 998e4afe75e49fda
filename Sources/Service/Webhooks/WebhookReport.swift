import CanonicalJSON
import Checkpoints
import Ledger

/// What a job's JSON tells of its webhook.
package enum WebhookReport {
  /// - Returns: nil for a job without one.
  /// - Throws: what the ledger throws.
  package static func json(of job: JobID, _ outbox: any WebhookLedger) async throws -> JSONValue? {
    guard let webhook = try await outbox.webhook(of: job) else { return nil }
    let deliveries = try await outbox.deliveries(of: job)
    return [
      "url": .string(webhook.target.url), "disabled": .bool(webhook.isDisabled),
      "deliveries": .array(deliveries.map { json($0.delivery, $0.attempts) }),
    ]
  }

  private static func json(_ delivery: WebhookDelivery, _ attempts: [DeliveryAttempt]) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string("msg_\(delivery.job)_\(delivery.seq)"),
      "type": .string(WebhookMessage.type(of: delivery.jobState)), "state": .string(delivery.state.rawValue),
      "attempts": .array(attempts.map(json)),
    ]
    if delivery.state == .pending { members["next_attempt"] = .number(delivery.due) }
    return .object(members)
  }

  private static func json(_ attempt: DeliveryAttempt) -> JSONValue {
    var members: [String: JSONValue] = [
      "attempt": .integer(Int64(attempt.number)), "at": .number(attempt.at), "seconds": .number(attempt.seconds),
    ]
    members["status"] = attempt.status.map { .integer(Int64($0)) }
    members["error"] = attempt.error.map { .string($0) }
    return .object(members)
  }

  /// For `/openapi.json`.
  package static let schema = JSONShape.object([
    "url": JSONShape.string, "disabled": JSONShape.boolean,
    "deliveries": JSONShape.array(
      of: JSONShape.object(
        [
          "id": JSONShape.string, "type": JSONShape.string,
          "state": JSONShape.choice(DeliveryState.allCases.map(\.rawValue)),
          "attempts": JSONShape.array(
            of: JSONShape.object(
              ["attempt": JSONShape.integer, "at": JSONShape.time, "seconds": JSONShape.number],
              optional: ["status": JSONShape.integer, "error": JSONShape.string])),
        ], optional: ["next_attempt": JSONShape.time])),
  ])
}

import Checkpoints
import GRDB

extension SQLiteReading {
  package func dueDeliveries(
    before time: Double, limit: Int, excluding receivers: Set<String>
  ) async throws -> [WebhookDelivery] {
    try await read {
      try $0.all(
        WebhookQuery.due, [time, max(0, limit), JSONColumn(receivers.sorted())], WebhookDelivery.init)
    }
  }

  package func nextDelivery(after time: Double) async throws -> Double? {
    try await read { try $0.first(WebhookQuery.nextDue, [time]) { try $0.decode(Double.self, atIndex: 0) } }
  }

  package func webhook(of job: JobID) async throws -> (target: WebhookTarget, isDisabled: Bool)? {
    try await read { database in
      try database.first(WebhookQuery.ofJob, [job]) { row in
        (
          target: WebhookTarget(url: try row.decode(atIndex: 0), secret: try row.decode(atIndex: 1)),
          isDisabled: try row.decode(Double?.self, atIndex: 2) != nil
        )
      }
    }
  }

  package func deliveries(
    of job: JobID
  ) async throws -> [(delivery: WebhookDelivery, attempts: [DeliveryAttempt])] {
    try await read { database in
      try database.all(WebhookQuery.deliveriesOfJob, [job], WebhookDelivery.init).map { delivery in
        (delivery, try database.all(WebhookQuery.attempts, [job, delivery.seq], DeliveryAttempt.init))
      }
    }
  }
}

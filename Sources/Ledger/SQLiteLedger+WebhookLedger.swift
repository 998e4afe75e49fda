extension SQLiteLedger: WebhookLedger {
  package func record(
    _ attempt: DeliveryAttempt, _ outcome: DeliveryOutcome, of delivery: WebhookDelivery
  ) async throws {
    try await write { try $0.record(attempt, outcome, of: delivery) }
  }
}

import Curl

/// How webhooks are sent.
package struct WebhookConfiguration: Sendable {
  /// What those without a secret of their own are signed with; a message has one signature for each.
  package var secrets: [WebhookSecret] = []
  /// Deliveries at the same time.
  package var concurrency = 4
  /// A receiver that took as long as that to answer, or to fail, is slow until it does better.
  var slow = Duration.seconds(5)
  var schedule = WebhookSchedule()
  /// Standard Webhooks: 15 to 30 s. Of the answer only the status counts.
  var limits = TransferLimits(connect: .seconds(10), total: .seconds(20), stall: .seconds(20), body: 64 << 10)
  package var guardian = AddressGuard()

  package init() {}

  package init(_ settings: ServiceConfiguration) {
    secrets = settings[Settings.webhookSecrets].compactMap { WebhookSecret($0) }
    concurrency = settings[Settings.webhookConcurrency]
    guardian = AddressGuard(settings)
  }

  /// Deliveries to one receiver at the same time: one that is slow leaves room for others.
  var concurrencyPerReceiver: Int { max(1, concurrency / 2) }

  /// Deliveries at the same time to all receivers together that are slow: however many they are, the others go on.
  var concurrencyOfSlow: Int { max(1, concurrency / 2) }
}

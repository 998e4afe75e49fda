import EventLoop

extension Settings {
  package static let outboundNetworks = ListSetting(
    "outbound.allowed_networks", bound: "networks such as 10.1.0.0/16",
    "Private networks that webhooks and documents by URL may reach all the same."
  ) { IPNetwork($0) != nil }

  package static let outboundRefused = ListSetting(
    "outbound.refused_networks", bound: "networks such as 203.0.113.0/24",
    "Networks that they may not reach, beside those that are nobody's business."
  ) { IPNetwork($0) != nil }

  package static let webhookSecrets = ListSetting(
    "webhooks.secrets", bound: "secrets such as whsec_ with Base64 of 24 to 64 bytes", secret: true,
    "What webhooks without a secret of their own are signed with; several while one replaces another."
  ) { WebhookSecret($0) != nil }

  package static let webhookConcurrency = IntegerSetting(
    "webhooks.concurrency", default: 4, in: 1...64, unit: "deliveries", "Webhooks delivered at the same time.")

  package static let fetchConcurrency = IntegerSetting(
    "fetch.concurrency", default: 4, in: 1...64, unit: "documents", "Documents fetched by URL at the same time.")

  package static let fetchTime = IntegerSetting(
    "fetch.time", default: 120, in: 1...3_600, unit: "seconds", "For how long a document may take to arrive.")

  static let outbound: [any Setting] = [
    outboundNetworks, outboundRefused, webhookSecrets, webhookConcurrency, fetchConcurrency, fetchTime,
  ]
}

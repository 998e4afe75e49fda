import Checkpoints
import Ledger
import Testing

@testable import Service

@Suite("The traffic of webhooks")
struct WebhookTrafficTests {
  @Test(
    "a receiver without room is the same to the outbox, however its URL is written",
    arguments: [
      "http://a.example/x", "https://A.Example:8443?q=1", "http:/a.example/x", "http:///a.example/x",
      "https://MÜ.example/x", "https://[2001:DB8::1]/", "nonsense", "",
    ])
  func receivers(url: String) async throws {
    let place = try LedgerPlace()
    try await place.finish(try await place.submit(webhook: WebhookTarget(url: url, secret: nil)))
    var configuration = WebhookConfiguration()
    configuration.concurrency = 2  // and one to each receiver
    var traffic = WebhookTraffic(configuration)
    let due = try await place.ledger.dueDeliveries(before: 1e12, limit: 10, excluding: traffic.excluded(slow: false))
    let delivery = try #require(due.first)
    let hasBegun = traffic.begin(delivery, slow: false)
    #expect(hasBegun)
    let others = try await place.ledger.dueDeliveries(before: 1e12, limit: 10, excluding: traffic.excluded(slow: false))
    #expect(others.isEmpty)
  }

  @Test("what came to an end while the outbox was looked at is not begun with what was read of it before")
  func ended() async throws {
    let place = try LedgerPlace()
    try await place.finish(try await place.submit(webhook: WebhookTarget(url: "http://a.example/", secret: nil)))
    var traffic = WebhookTraffic(WebhookConfiguration())
    let delivery = try #require(
      try await place.ledger.dueDeliveries(before: 1e12, limit: 10, excluding: []).first)
    traffic.look()
    let first = traffic.begin(delivery, slow: false)
    #expect(first)
    let second = traffic.begin(delivery, slow: false)
    #expect(!second)
    traffic.end(delivery, after: .zero)
    let stale = traffic.begin(delivery, slow: false)
    #expect(!stale)
    traffic.look()
    let fresh = traffic.begin(delivery, slow: false)
    #expect(fresh)
  }
}

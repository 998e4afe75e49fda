import Curl
import EventLoop
import Ledger

/// Sends one message once.
struct WebhookAttempt: Sendable {
  /// What came of it.
  struct Result: Sendable {
    let status: Int?
    let error: String?
    /// Seconds that the receiver asked us to wait.
    let asked: Double?

    init(status: Int? = nil, error: String? = nil, asked: Double? = nil) {
      self.status = status
      self.error = error
      self.asked = asked
    }
  }

  let configuration: WebhookConfiguration
  let call: OutboundCall

  /// - Parameter now: seconds since 1970.
  /// - Returns: nil where it was broken off because the server stops.
  func send(_ delivery: WebhookDelivery, now: Double) async throws -> Result? {
    let secrets = delivery.target.secret.map { WebhookSecret($0).map { [$0] } ?? [] } ?? configuration.secrets
    // Never unsigned: a receiver that takes such takes anybody's.
    guard !secrets.isEmpty else { return Result(error: "no_secret") }
    let message = try WebhookMessage(delivery)
    let address: WebAddress
    do { address = try WebAddress(delivery.target.url) } catch { return Result(error: "invalid_url") }
    let timestamp = Int(now)
    let signatures = secrets.map { $0.signature(id: message.id, timestamp: timestamp, body: message.body) }
    let request = TransferRequest(
      .post(message.body), address,
      headers: [
        ("Content-Type", "application/json"), ("webhook-id", message.id), ("webhook-timestamp", String(timestamp)),
        ("webhook-signature", signatures.joined(separator: " ")),
      ], limits: configuration.limits, cutsBody: true)
    do {
      let answer = try await call.run { rule, cancellation in
        try Transfer.perform(request, rule: rule, cancellation: cancellation) { _, _ in }
      }
      return Result(status: answer.status, asked: Self.seconds(answer))
    } catch TransferFailure.cancelled {
      return nil
    } catch let failure as TransferFailure {
      return Result(error: failure.code)
    }
  }

  /// `Retry-After` in seconds; as a date it is left to our own schedule.
  private static func seconds(_ answer: TransferAnswer) -> Double? {
    guard answer.status == 429 || answer.status == 503, let text = answer.header("Retry-After") else { return nil }
    return Int(text).map(Double.init)
  }
}

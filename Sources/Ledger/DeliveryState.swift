/// Where the telling of a job's end stands.
package enum DeliveryState: String, Codable, Sendable, Hashable, CaseIterable {
  case pending
  case delivered
  /// Given up after the last attempt.
  case failed
  /// The receiver answered 410 Gone to this or to another message of the same owner.
  case disabled
}

/// What one WebSocket route allows where it differs from the server's limits.
package struct WebSocketLimits: Sendable {
  /// Bytes of a message; nil leaves the server's.
  package var message: Int?
  /// Nil leaves the server's.
  package var outbox: OutboxLimits?

  package init(message: Int? = nil, outbox: OutboxLimits? = nil) {
    self.message = message
    self.outbox = outbox
  }
}

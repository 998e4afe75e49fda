/// How patient a client is, and how much it takes.
package struct ClientLimits: Sendable {
  package var connectTime = Duration.seconds(10)
  /// For how long nothing may come while an answer is awaited; long, since the server may be at work.
  package var responseTime = Duration.seconds(300)
  /// For how long the server may take nothing of what is sent.
  package var writeStall = Duration.seconds(30)
  /// Bytes of an answer's head.
  package var head = 64 << 10
  /// Bytes of a WebSocket's message.
  package var message = 16 << 20
  /// Connections kept for further requests.
  package var idleConnections = 4

  package init() {}
}

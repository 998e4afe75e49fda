/// How a WebSocket ended.
package struct WebSocketClosure: Sendable, Hashable {
  /// What the other end's close frame said, or what we sent; `.abnormal` where there was none.
  package let code: WebSocketCloseCode
  /// The other end's words, if it had any.
  package let reason: String
  /// Whether the other end took part in the closing handshake.
  package let isClean: Bool

  package init(code: WebSocketCloseCode, reason: String, isClean: Bool) {
    self.code = code
    self.reason = reason
    self.isClean = isClean
  }
}

/// Why a WebSocket cannot go on; it is closed with this code.
package struct WebSocketFailure: Error, Hashable, Sendable {
  package let code: WebSocketCloseCode
  package let reason: String

  init(_ code: WebSocketCloseCode, _ reason: String) {
    self.code = code
    self.reason = reason
  }
}

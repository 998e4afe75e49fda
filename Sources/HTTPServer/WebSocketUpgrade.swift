/// What a handler wants of a WebSocket that it agrees to.
package struct WebSocketUpgrade: Sendable {
  let subprotocols: [String]
  let compression: Bool
  let limits: WebSocketLimits
  let handler: any WebSocketHandler
}

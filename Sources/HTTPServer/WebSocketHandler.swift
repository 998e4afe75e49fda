/// What happens with the WebSockets of a route. One object may serve many sockets, or each have its own.
///
/// All calls run as tasks on the loop, one at a time for each socket and in order: while one is running, no further
/// message of that socket is read, so a slow handler slows its client and no one else.
package protocol WebSocketHandler: Sendable {
  /// The handshake is done; what is sent from now on goes out.
  func opened(_ socket: WebSocket) async
  func received(_ message: WebSocketMessage, from socket: WebSocket) async
  /// The last call: the connection is gone.
  func closed(_ socket: WebSocket, _ closure: WebSocketClosure) async
}

extension WebSocketHandler {
  package func opened(_ socket: WebSocket) async {}
  package func received(_ message: WebSocketMessage, from socket: WebSocket) async {}
  package func closed(_ socket: WebSocket, _ closure: WebSocketClosure) async {}
}

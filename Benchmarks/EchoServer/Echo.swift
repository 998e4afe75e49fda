import HTTPServer

/// Sends every message back.
struct Echo: WebSocketHandler {
  func received(_ message: WebSocketMessage, from socket: WebSocket) async {
    socket.send(message)
  }
}

import EventLoop

/// The server's side of one WebSocket, owned by its connection.
final class WebSocketSession {
  let socket: WebSocket
  let handler: any WebSocketHandler
  var decoder: WebSocketFrameDecoder
  /// The window to compress with; nil where compression was not agreed on.
  let windowBits: Int?
  /// The handler is at work: no further message is read.
  var isHandling = false
  /// Our close frame was handed to the socket.
  var closeSent = false
  /// How it ended, once that is known.
  var closure: WebSocketClosure?
  var lastHeard: LoopInstant
  var lastPing: LoopInstant

  init(
    socket: WebSocket, handler: any WebSocketHandler, decoder: WebSocketFrameDecoder, windowBits: Int?, now: LoopInstant
  ) {
    self.socket = socket
    self.handler = handler
    self.decoder = decoder
    self.windowBits = windowBits
    lastHeard = now
    lastPing = now
  }
}

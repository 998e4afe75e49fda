import EventLoop

/// One open WebSocket, as its handler and whoever else sends to it hold it.
///
/// Nothing here waits: what is sent goes to the bounded `outbox`. It may be kept and used from any thread; after the
/// connection's end all calls do nothing.
package final class WebSocket: Sendable, Hashable {
  /// Where frames wait to be sent.
  package let outbox: Outbox
  /// The subprotocol that both ends agreed on.
  package let subprotocol: String?
  /// Names the connection.
  package let token: EventToken

  init(outbox: Outbox, subprotocol: String?, token: EventToken) {
    self.outbox = outbox
    self.subprotocol = subprotocol
    self.token = token
  }

  /// Queues a text message; it is dropped like any other if the outbox overflows.
  @discardableResult
  package func send(_ text: String) -> Outbox.Admission { outbox.offer(.text(text)) }

  /// Queues a message for this client alone.
  @discardableResult
  package func send(_ message: WebSocketMessage) -> Outbox.Admission {
    switch message {
    case .text(let bytes): outbox.offer(.text(bytes))
    case .binary(let bytes): outbox.offer(.binary(bytes))
    }
  }

  /// Begins the closing handshake: `code` goes out behind what is queued, and nothing more can be queued.
  package func close(_ code: WebSocketCloseCode = .normal, reason: String = "") {
    outbox.close(with: WebSocketPayload(.close, WebSocketFrame.closePayload(code, reason)))
  }

  package static func == (left: WebSocket, right: WebSocket) -> Bool { left === right }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

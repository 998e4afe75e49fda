import HTTPServer

/// Where one subscriber's messages wait to be sent: bounded, never waiting, from any thread.
protocol ProgressSink: Sendable {
  /// - Parameters:
  ///   - key: a newer message of a key takes the place of one that waits.
  ///   - pinned: never let go of.
  func offer(_ message: ProgressMessage, key: UInt64?, pinned: Bool) -> Outbox.Admission
  /// Lets go of all that waits.
  func removeAll()
  /// Calls back once, when nothing waits any more.
  func whenEmpty(_ action: @escaping @Sendable () -> Void)
  /// Ends it for a reason of ours.
  func close(_ code: WebSocketCloseCode, _ reason: String)
}

/// A WebSocket's outbox.
struct WebSocketSink: ProgressSink {
  let socket: WebSocket

  func offer(_ message: ProgressMessage, key: UInt64?, pinned: Bool) -> Outbox.Admission {
    socket.outbox.offer(message.payload, key: key, pinned: pinned)
  }

  func removeAll() { socket.outbox.removeAll() }

  func whenEmpty(_ action: @escaping @Sendable () -> Void) { socket.outbox.whenEmpty(action) }

  func close(_ code: WebSocketCloseCode, _ reason: String) { socket.close(code, reason: reason) }
}

import EventLoop

/// Where a streamed response writes its pieces.
package struct ResponseWriter: Sendable {
  let server: WebServer
  let token: EventToken
  /// Which of the connection's requests it belongs to: a writer kept too long writes nothing.
  let exchange: UInt32

  /// Sends a piece, and waits while the client has too much yet to take.
  ///
  /// - Throws: `ConnectionLost` once the client is gone, `CancellationError`.
  package func write(_ bytes: [UInt8]) async throws {
    guard !bytes.isEmpty else { return }
    try await server.write(bytes, token, exchange)
  }

  package func write(_ text: String) async throws {
    try await write(Array(text.utf8))
  }
}

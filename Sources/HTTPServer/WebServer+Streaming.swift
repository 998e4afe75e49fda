import EventLoop

extension WebServer {
  /// Queues a piece of a streamed body, and waits while the client has too much to take.
  func write(_ bytes: [UInt8], _ token: EventToken, _ number: UInt32) async throws {
    now = loop.clock.now
    guard let connection = connection(token), let exchange = connection.exchange, exchange.number == number,
      exchange.progress == .streaming
    else { throw ConnectionLost() }
    if exchange.usesChunks {
      var chunk = Array(String(bytes.count, radix: 16).utf8)
      chunk.reserveCapacity(chunk.count + bytes.count + 4)
      chunk.append(contentsOf: [cr, lf])
      chunk.append(contentsOf: bytes)
      chunk.append(contentsOf: [cr, lf])
      connection.output.append(chunk)
    } else {
      if let promised = exchange.promised {
        guard Int64(bytes.count) <= promised else { throw HTTPFailure.unexpected }
        exchange.promised = promised - Int64(bytes.count)
      }
      connection.output.append(bytes)
    }
    flush(connection)
    guard connection.phase != .dead else { throw ConnectionLost() }
    if connection.output.buffered > limits.bufferedResponse {
      try await withCheckedThrowingContinuation { (writer: CheckedContinuation<Void, any Error>) in
        // The way here may have led through the loop's queue: the client may have taken all, or be gone meanwhile.
        if connection.phase == .dead { return writer.resume(throwing: ConnectionLost()) }
        if connection.output.buffered <= limits.bufferedResponse { return writer.resume() }
        // Two writers at once are a mistake of the handler; the first is let go so that neither waits for ever.
        exchange.writer?.resume()
        exchange.writer = writer
      }
    }
    try Task.checkCancellation()
  }

  /// Ends a streamed body; one that was cut short ends the connection, so that the client sees it.
  func finishStream(_ token: EventToken, _ number: UInt32, isComplete: Bool) {
    now = loop.clock.now
    guard let connection = connection(token), let exchange = connection.exchange, exchange.number == number,
      exchange.progress == .streaming
    else { return }
    guard isComplete, exchange.promised ?? 0 == 0 else { return kill(connection, reset: true) }
    if exchange.usesChunks { connection.output.append(Array("0\r\n\r\n".utf8)) }
    exchange.progress = .complete
    flush(connection)
  }
}

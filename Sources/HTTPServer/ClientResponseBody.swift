/// The pieces of an answer's body, to be read once. An answer that is not read to its end costs its connection.
package struct ClientResponseBody: AsyncSequence, Sendable {
  package typealias Element = [UInt8]

  let connection: ClientConnection

  /// The next piece; nil at the end.
  /// - Throws: `ClientFailure.connectionLost` for a body that is cut short, `LoopFailure` where nothing comes.
  package func next() async throws -> [UInt8]? {
    try await connection.nextPiece()
  }

  /// All of it, where it is known to be small.
  /// - Throws: `ClientFailure.bodyTooLarge` beyond `limit` bytes, and what `next` throws.
  package func collect(upTo limit: Int) async throws -> [UInt8] {
    var whole: [UInt8] = []
    while let piece = try await next() {
      guard piece.count <= limit - whole.count else { throw ClientFailure.bodyTooLarge }
      whole.append(contentsOf: piece)
    }
    return whole
  }

  package struct AsyncIterator: AsyncIteratorProtocol {
    let body: ClientResponseBody

    package mutating func next() async throws -> [UInt8]? { try await body.next() }
  }

  package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }
}

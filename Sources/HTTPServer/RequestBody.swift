/// A request's body as a sequence of pieces, to be read once.
///
/// Only a bounded part of it is ever in memory: the client is read no faster than the handler takes. A client that sent
/// `Expect: 100-continue` is told to go on when the first piece is asked for, so a request can be refused before that.
package struct RequestBody: AsyncSequence, Sendable {
  package typealias Element = [UInt8]

  private let channel: BodyChannel?
  /// What `Content-Length` says; nil for a body sent in chunks, 0 where there is none.
  package let length: Int64?

  /// No body.
  package static let none = RequestBody(channel: nil, length: 0)

  init(channel: BodyChannel?, length: Int64?) {
    self.channel = channel
    self.length = length
  }

  /// The next piece as it came from the socket, at most 256 KB; nil at the end.
  ///
  /// - Throws: `HTTPFailure` 413 or 408, `ConnectionLost`, `CancellationError`.
  package func next() async throws -> [UInt8]? {
    try await channel?.next()
  }

  /// The whole body, where it is known to be small.
  ///
  /// - Throws: `HTTPFailure` 413 beyond `limit` bytes, and what `next` throws.
  package func collect(upTo limit: Int) async throws -> [UInt8] {
    if let length, length > Int64(limit) { throw HTTPFailure.bodyTooLarge }
    var whole: [UInt8] = []
    while let piece = try await next() {
      guard piece.count <= limit - whole.count else { throw HTTPFailure.bodyTooLarge }
      whole.append(contentsOf: piece)
    }
    return whole
  }

  package struct AsyncIterator: AsyncIteratorProtocol {
    let body: RequestBody

    package mutating func next() async throws -> [UInt8]? { try await body.next() }
  }

  package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(body: self) }
}

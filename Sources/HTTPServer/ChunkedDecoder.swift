/// Takes a chunked body apart as it arrives (RFC 9112, 7.1).
struct ChunkedDecoder {
  /// What the next bytes are.
  enum Output: Equatable {
    /// This stretch of the input is content.
    case content(Range<Int>)
    /// These bytes are read, and more are needed.
    case needsMore
    /// The body is over.
    case finished
  }

  private enum State {
    case size
    case `extension`
    case sizeEnd
    case content
    case contentEnd
    case contentLineFeed
    case trailer
    case trailerLine
    case trailerEnd
    case lastLineFeed
    case done
  }

  /// Bytes of extensions and trailers, which nobody reads: a bound on what a client may send without a body growing.
  private static let overheadLimit = 16 << 10
  /// Hexadecimal digits of a chunk's size: far more than any limit of a body, far less than overflows.
  private static let digitLimit = 12

  private var state = State.size
  private var remaining: Int64 = 0
  private var digits = 0
  private var overhead = 0

  /// Reads on from `cursor`, which is moved over what was read.
  mutating func next(_ input: Span<UInt8>, _ cursor: inout Int) throws(HTTPFailure) -> Output {
    while cursor < input.count {
      if state == .content {
        let count = Int(min(remaining, Int64(input.count - cursor)))
        let range = cursor..<cursor + count
        cursor += count
        remaining -= Int64(count)
        if remaining == 0 { state = .contentEnd }
        return .content(range)
      }
      let byte = input[cursor]
      cursor += 1
      try step(byte)
      if state == .done { return .finished }
    }
    return .needsMore
  }

  private mutating func step(_ byte: UInt8) throws(HTTPFailure) {
    switch state {
    case .size: try readSize(byte)
    case .extension:
      try countOverhead()
      if byte == cr {
        state = .sizeEnd
      } else if !ByteClass.isFieldContent(byte) {
        throw .badRequest("A chunk's extension holds a control character.")
      }
    case .sizeEnd:
      try expect(byte, lf)
      (state, digits) = (remaining == 0 ? .trailer : .content, 0)
    case .contentEnd:
      try expect(byte, cr)
      state = .contentLineFeed
    case .contentLineFeed:
      try expect(byte, lf)
      state = .size
    case .trailer, .trailerLine:
      try countOverhead()
      if byte == cr {
        state = state == .trailer ? .lastLineFeed : .trailerEnd
      } else if ByteClass.isFieldContent(byte) {
        state = .trailerLine
      } else {
        throw .badRequest("A trailer holds a control character.")
      }
    case .trailerEnd:
      try expect(byte, lf)
      state = .trailer
    case .lastLineFeed:
      try expect(byte, lf)
      state = .done
    case .content, .done:
      break
    }
  }

  private mutating func readSize(_ byte: UInt8) throws(HTTPFailure) {
    if let digit = ByteClass.hexadecimal(byte) {
      digits += 1
      guard digits <= Self.digitLimit else { throw .bodyTooLarge }
      remaining = remaining << 4 | Int64(digit)
      return
    }
    guard digits > 0 else { throw .badRequest("A chunk has no size.") }
    switch byte {
    case cr: state = .sizeEnd
    case UInt8(ascii: ";"): state = .extension
    default: throw .badRequest("A chunk's size is no number.")
    }
  }

  private mutating func countOverhead() throws(HTTPFailure) {
    overhead += 1
    guard overhead <= Self.overheadLimit else { throw .badRequest("The body is mostly extensions or trailers.") }
  }

  private func expect(_ byte: UInt8, _ wanted: UInt8) throws(HTTPFailure) {
    guard byte == wanted else { throw .badRequest("A chunk does not end where it should.") }
  }
}

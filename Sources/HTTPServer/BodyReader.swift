/// What is still to come of a request's body.
enum BodyReader {
  case done
  /// This many bytes.
  case length(Int64)
  case chunked(ChunkedDecoder)

  init(_ body: MessageFraming.Body) {
    switch body {
    case .none: self = .done
    case .length(let length): self = .length(length)
    case .chunked: self = .chunked(ChunkedDecoder())
    }
  }

  var isDone: Bool {
    if case .done = self { true } else { false }
  }

  /// Reads on from `cursor`, which is moved over what was read.
  /// - Returns: the next stretch of content, empty where the input held none.
  mutating func next(_ input: Span<UInt8>, _ cursor: inout Int) throws(HTTPFailure) -> Range<Int> {
    switch self {
    case .done:
      return cursor..<cursor
    case .length(let remaining):
      let count = Int(min(remaining, Int64(input.count - cursor)))
      let range = cursor..<cursor + count
      cursor += count
      self = remaining == Int64(count) ? .done : .length(remaining - Int64(count))
      return range
    case .chunked(var decoder):
      let output = try decoder.next(input, &cursor)
      self = .chunked(decoder)
      switch output {
      case .content(let range): return range
      case .needsMore: return cursor..<cursor
      case .finished:
        self = .done
        return cursor..<cursor
      }
    }
  }
}

/// Reads `multipart/form-data` piece by piece as it arrives (RFC 7578, RFC 2046 section 5.1).
///
/// Holds back no more than one delimiter's length of a part's content, and one part's head.
struct MultipartParser {
  enum Event: Equatable {
    case part(MultipartHeader)
    /// Content of the part that began last.
    case content(ArraySlice<UInt8>)
    case partEnd
    /// The last delimiter; what follows is ignored.
    case end
  }

  private enum State {
    /// Before the first delimiter.
    case preamble
    /// Right behind a delimiter: a line end, or two hyphens.
    case afterDelimiter
    case head
    case content
    case done
  }

  /// Bytes of a part's head: a name, a file name, a type.
  private static let longestHead = 8 << 10
  /// Parts of a request: the document and its options, with room to spare.
  private static let mostParts = 64

  private let delimiter: [UInt8]
  private var buffer: [UInt8]
  private var state = State.preamble
  private var parts = 0

  /// - Parameter boundary: as the request's `Content-Type` tells it.
  init(boundary: String) {
    delimiter = Array("\r\n--".utf8) + Array(boundary.utf8)
    // So that the first delimiter, which has no line before it, looks like the others.
    buffer = [13, 10]
  }

  /// The boundary of a `Content-Type`; nil where it is no multipart form.
  static func boundary(in type: String) -> String? {
    let fields = HeaderParameters(type)
    guard fields.value == "multipart/form-data", let boundary = fields["boundary"],
      (1...70).contains(boundary.utf8.count)
    else { return nil }
    return boundary
  }

  var isDone: Bool { if case .done = state { true } else { false } }

  /// Takes the next bytes of the body.
  ///
  /// - Throws: `Problem` with `invalid_body`.
  mutating func take(_ bytes: [UInt8], _ body: (Event) throws -> Void) throws {
    buffer.append(contentsOf: bytes)
    while try step(body) {}
  }

  /// - Throws: `Problem` with `invalid_body` where the body broke off.
  func finish() throws(Problem) {
    guard isDone else { throw Self.malformed("It ends within a part.") }
  }

  /// - Returns: whether there may be more to do with what is there.
  private mutating func step(_ body: (Event) throws -> Void) throws -> Bool {
    switch state {
    case .preamble:
      guard let place = find(delimiter) else {
        // A preamble is allowed and ignored; only the possible beginning of a delimiter is kept.
        buffer.removeFirst(max(0, buffer.count - delimiter.count))
        return false
      }
      buffer.removeFirst(place + delimiter.count)
      state = .afterDelimiter
    case .afterDelimiter:
      guard buffer.count >= 2 else { return false }
      if buffer.starts(with: [45, 45]) {
        state = .done
        buffer = []
        try body(.end)
        return false
      }
      // Blanks may stand between a delimiter and its line's end.
      if buffer[0] == 32 || buffer[0] == 9 {
        buffer.removeFirst()
        return true
      }
      guard buffer.starts(with: [13, 10]) else { throw Self.malformed("A delimiter does not end its line.") }
      buffer.removeFirst(2)
      state = .head
    case .head: return try readHead(body)
    case .content: return try readContent(body)
    case .done:
      buffer = []
      return false
    }
    return true
  }

  private mutating func readHead(_ body: (Event) throws -> Void) throws -> Bool {
    let head: ArraySlice<UInt8>
    if buffer.starts(with: [13, 10]) {
      head = []
      buffer.removeFirst(2)
    } else if let place = find([13, 10, 13, 10]), place <= Self.longestHead {
      head = buffer[..<place]
      buffer.removeFirst(place + 4)
    } else {
      guard buffer.count <= Self.longestHead + 4 else { throw Self.malformed("A part's head is too long.") }
      return false
    }
    parts += 1
    guard parts <= Self.mostParts else { throw Self.malformed("It has more than \(Self.mostParts) parts.") }
    // So that a part without content has its delimiter's line end, too.
    guard let header = MultipartHeader(head) else {
      throw Self.malformed("A part has no name.")
    }
    state = .content
    try body(.part(header))
    return true
  }

  private mutating func readContent(_ body: (Event) throws -> Void) throws -> Bool {
    if let place = find(delimiter) {
      if place > 0 { try body(.content(buffer[..<place])) }
      buffer.removeFirst(place + delimiter.count)
      state = .afterDelimiter
      try body(.partEnd)
      return true
    }
    // What may be the beginning of a delimiter waits for more.
    let safe = buffer.count - (delimiter.count - 1)
    guard safe > 0 else { return false }
    try body(.content(buffer[..<safe]))
    buffer.removeFirst(safe)
    return false
  }

  /// Where a needle begins that begins with a carriage return and holds a boundary no longer than 70 bytes: linear but
  /// for content that is made of nothing but near misses, which the boundary's length bounds.
  private func find(_ needle: [UInt8]) -> Int? {
    guard buffer.count >= needle.count else { return nil }
    return buffer.withUnsafeBufferPointer { hay in
      var index = 0
      let last = hay.count - needle.count
      while index <= last {
        guard let next = hay[index...last].firstIndex(of: needle[0]) else { return nil }
        var matched = 1
        while matched < needle.count, hay[next + matched] == needle[matched] { matched += 1 }
        if matched == needle.count { return next }
        index = next + 1
      }
      return nil
    }
  }

  private static func malformed(_ detail: String) -> Problem {
    Problem(.invalidBody, "The multipart body is malformed. \(detail)")
  }
}

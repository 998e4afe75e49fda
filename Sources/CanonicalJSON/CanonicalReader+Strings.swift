extension CanonicalReader {
  /// Reads a string and resolves its escapes.
  package mutating func readString() throws(CanonicalJSONError) -> String {
    skipBlanks()
    guard offset < bytes.count, bytes[offset] == .quote else { throw failure(expecting: "a string") }
    let (range, hasEscapes) = try scanString()
    let content = UnsafeRawBufferPointer(rebasing: bytes[range])
    return hasEscapes
      ? String(decoding: Self.unescaped(content), as: UTF8.self) : String(decoding: content, as: UTF8.self)
  }

  /// Passes a string whose opening quote stands here, and checks its escapes.
  ///
  /// - Returns: what is between the quotes, and whether it has escapes.
  mutating func scanString() throws(CanonicalJSONError) -> (content: Range<Int>, hasEscapes: Bool) {
    let start = offset + 1
    var hasEscapes = false
    offset = start
    while true {
      offset += bytes.plainLength(from: offset)
      guard offset < bytes.count else { throw failure(.unexpectedEnd) }
      switch bytes[offset] {
      case .quote:
        offset += 1
        return (start..<offset - 1, hasEscapes)
      case .backslash:
        hasEscapes = true
        try scanEscape()
      default: throw failure(.controlCharacter)
      }
    }
  }

  /// Passes one escape, or the two that make a surrogate pair.
  private mutating func scanEscape() throws(CanonicalJSONError) {
    guard offset + 1 < bytes.count else { throw CanonicalJSONError(.unexpectedEnd, at: bytes.count) }
    switch bytes[offset + 1] {
    case .quote, .backslash, .slash, UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"),
      UInt8(ascii: "t"):
      offset += 2
    case UInt8(ascii: "u"):
      let unit = try unicodeEscape(at: offset)
      if unit.isLowSurrogate { throw failure(.loneSurrogate) }
      if unit.isHighSurrogate {
        // The grammar knows escapes only, so what follows decides whether the pair is whole.
        guard offset + 7 < bytes.count, bytes[offset + 6] == .backslash, bytes[offset + 7] == UInt8(ascii: "u"),
          try unicodeEscape(at: offset + 6).isLowSurrogate
        else { throw failure(.loneSurrogate) }
        offset += 6
      }
      offset += 6
    default: throw failure(.invalidEscape)
    }
  }

  /// The number in the `\uXXXX` that begins at `start`.
  private func unicodeEscape(at start: Int) throws(CanonicalJSONError) -> UInt16 {
    guard start + 6 <= bytes.count else { throw CanonicalJSONError(.unexpectedEnd, at: bytes.count) }
    var unit: UInt16 = 0
    for index in start + 2..<start + 6 {
      guard let digit = bytes[index].hexValue else { throw CanonicalJSONError(.invalidEscape, at: start) }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }

  /// Resolves the escapes of a string's content that `scanString` has checked.
  static func unescaped(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(content.count)
    var index = 0
    func unit(at start: Int) -> UInt16 {
      (start + 2..<start + 6).reduce(0) { $0 << 4 | UInt16(content[$1].hexValue ?? 0) }
    }
    while index < content.count {
      guard content[index] == .backslash else {
        result.append(content[index])
        index += 1
        continue
      }
      let mark = content[index + 1]
      guard mark == UInt8(ascii: "u") else {
        result.append(mark.unescaped)
        index += 2
        continue
      }
      var value = UInt32(unit(at: index))
      if UInt16(value).isHighSurrogate {
        value = 0x10000 + (value - 0xD800) << 10 + (UInt32(unit(at: index + 6)) - 0xDC00)
        index += 6
      }
      index += 6
      result.append(contentsOf: UTF8.encode(Unicode.Scalar(value) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
    }
    return result
  }
}

extension UInt8 {
  /// What the letter after a backslash stands for.
  fileprivate var unescaped: UInt8 {
    switch self {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): .newline
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: self
    }
  }
}

extension UInt16 {
  fileprivate var isHighSurrogate: Bool { self & 0xFC00 == 0xD800 }
  fileprivate var isLowSurrogate: Bool { self & 0xFC00 == 0xDC00 }
}

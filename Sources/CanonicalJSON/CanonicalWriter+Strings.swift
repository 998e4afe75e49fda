extension CanonicalWriter {
  /// Writes a string in quotes, with only the escapes that JSON demands.
  ///
  /// - Returns: whether an escape was needed.
  @discardableResult
  mutating func appendQuoted(_ text: String) -> Bool {
    // A native Swift string always lends its bytes; anything else is made native first.
    if let escaped = text.utf8.withContiguousStorageIfAvailable({ appendQuoted(UnsafeRawBufferPointer($0)) }) {
      return escaped
    }
    var native = text
    return native.withUTF8 { appendQuoted(UnsafeRawBufferPointer($0)) }
  }

  /// Writes UTF-8 in quotes, with only the escapes that JSON demands.
  ///
  /// - Returns: whether an escape was needed.
  @discardableResult
  mutating func appendQuoted(_ text: UnsafeRawBufferPointer) -> Bool {
    let plain = text.plainLength()
    append(room: plain + 2) { out in
      out[0] = .quote
      if let source = text.baseAddress { UnsafeMutableRawPointer(out + 1).copyMemory(from: source, byteCount: plain) }
      out[plain + 1] = .quote
      return plain == text.count ? plain + 2 : plain + 1
    }
    guard plain < text.count else { return false }
    var rest = plain
    while rest < text.count {
      appendEscape(text[rest])
      rest += 1
      let length = text.plainLength(from: rest)
      append(UnsafeRawBufferPointer(rebasing: text[rest..<rest + length]))
      rest += length
    }
    append(.quote)
    return true
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case .quote: append("\\\"")
    case .backslash: append("\\\\")
    case 0x08: append("\\b")
    case 0x0C: append("\\f")
    case .newline: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    default:
      append(byte < 0x10 ? "\\u000" : "\\u001")
      append(byte & 0x0F < 10 ? .zero + (byte & 0x0F) : UInt8(ascii: "a") + (byte & 0x0F) - 10)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// How many bytes from `start` on need no escape within a JSON string.
  @inline(__always)
  func plainLength(from start: Int = 0) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    var index = start
    // Eight bytes at a time: https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
    while index + 8 <= count {
      let word = UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
      let quotes = word ^ (ones &* 0x22)
      let backslashes = word ^ (ones &* 0x5C)
      let controls = (word &- ones &* 0x20) & ~word
      let found = (controls | ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes)) & highs
      // A borrow may mark bytes after the first that is found, never before it.
      if found != 0 { return index + found.trailingZeroBitCount / 8 - start }
      index += 8
    }
    while index < count, !self[index].needsEscape { index += 1 }
    return index - start
  }
}

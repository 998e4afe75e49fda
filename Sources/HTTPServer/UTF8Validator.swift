/// Checks UTF-8 as it arrives in pieces (RFC 3629; the automaton is Björn Höhrmann's idea, written as ranges).
struct UTF8Validator: Sendable {
  /// Continuation bytes still to come, and the range that the next must lie in.
  private var pending: UInt8 = 0
  private var lowest: UInt8 = 0x80
  private var highest: UInt8 = 0xBF

  /// Whether the text may end here.
  var isComplete: Bool { pending == 0 }

  /// - Returns: false as soon as no continuation can make the text valid.
  mutating func accept(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    let count = bytes.count
    while index < count {
      if pending == 0 {
        // Most text is ASCII: eight bytes at a time.
        while index + 8 <= count,
          bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          index += 8
        }
        guard index < count else { return true }
      }
      guard accept(bytes[index]) else { return false }
      index += 1
    }
    return true
  }

  @inline(__always)
  private mutating func accept(_ byte: UInt8) -> Bool {
    if pending > 0 {
      guard byte >= lowest, byte <= highest else { return false }
      pending -= 1
      (lowest, highest) = (0x80, 0xBF)
      return true
    }
    switch byte {
    case 0..<0x80: return true
    case 0xC2...0xDF: pending = 1
    // No overlong forms and no surrogates.
    case 0xE0: (pending, lowest) = (2, 0xA0)
    case 0xED: (pending, highest) = (2, 0x9F)
    case 0xE1...0xEF: pending = 2
    // Nothing beyond U+10FFFF.
    case 0xF0: (pending, lowest) = (3, 0x90)
    case 0xF4: (pending, highest) = (3, 0x8F)
    case 0xF1...0xF3: pending = 3
    default: return false
    }
    return true
  }

  static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var validator = UTF8Validator()
    return validator.accept(bytes) && validator.isComplete
  }
}

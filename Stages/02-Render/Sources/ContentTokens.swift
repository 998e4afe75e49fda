/// The tokens of a content stream, as far as telling operations apart needs them.
///
/// Strings, arrays and dictionaries are passed over; what does not make sense ends the stream as broken.
struct ContentTokens: Sequence, IteratorProtocol {
  enum Token: Equatable {
    case number(Double)
    case name(String)
    case operation(String)
    /// A string, or the beginning or end of an array or a dictionary.
    case other
  }

  private(set) var isBroken = false
  private let bytes: [UInt8]
  private var at = 0

  private static let longest = 127  // bytes of a name or an operation: annex C.2

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token? {
    skipSpace()
    guard at < bytes.count, !isBroken else { return nil }
    switch bytes[at] {
    case UInt8(ascii: "/"):
      at += 1
      let name = regular()
      // A name with escaped bytes is compared by none of ours.
      return name.utf8.contains(UInt8(ascii: "#")) ? broken() : .name(name)
    case UInt8(ascii: "("): return skipString() ? .other : broken()
    case UInt8(ascii: "<"):
      at += 1
      if at < bytes.count, bytes[at] == UInt8(ascii: "<") {
        at += 1
        return .other
      }
      while at < bytes.count, bytes[at] != UInt8(ascii: ">") { at += 1 }
      at += 1
      return .other
    case UInt8(ascii: ">"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
      at += 1
      return .other
    case UInt8(ascii: ")"): return broken()
    default: return word()
    }
  }

  private mutating func word() -> Token? {
    let text = regular()
    guard !text.isEmpty else { return broken() }
    guard let first = text.utf8.first, (0x30...0x39).contains(first) || "+-.".utf8.contains(first) else {
      return .operation(text)
    }
    guard let number = Double(text), number.isFinite else { return broken() }
    return .number(number)
  }

  private mutating func broken() -> Token? {
    isBroken = true
    return nil
  }

  private mutating func regular() -> String {
    let start = at
    while at < bytes.count, at - start < Self.longest, !Self.isSpace(bytes[at]), !Self.isDelimiter(bytes[at]) {
      at += 1
    }
    return String(decoding: bytes[start..<at], as: UTF8.self)
  }

  private mutating func skipSpace() {
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "%") {
        while at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D { at += 1 }
      } else if Self.isSpace(bytes[at]) {
        at += 1
      } else {
        return
      }
    }
  }

  /// Brackets within a string are balanced or escaped.
  private mutating func skipString() -> Bool {
    var depth = 0
    while at < bytes.count {
      defer { at += 1 }
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return true }
      default: break
      }
    }
    return false
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20].contains(byte) }

  private static func isDelimiter(_ byte: UInt8) -> Bool { "()<>[]{}/%".utf8.contains(byte) }
}

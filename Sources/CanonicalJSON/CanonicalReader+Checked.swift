extension CanonicalReader {
  /// Passes the next value of a text whose grammar has been checked: looks for its end only.
  mutating func passCheckedValue() {
    skipBlanks()
    var open = 0
    repeat {
      guard offset < bytes.count else { return }
      switch bytes[offset] {
      case .quote: passCheckedString()
      case .leftBrace, .leftBracket:
        open += 1
        offset += 1
      case .rightBrace, .rightBracket:
        open -= 1
        offset += 1
      case .comma, .colon: offset += 1
      case let byte where byte.isBlank: offset += 1
      default:
        while offset < bytes.count, !bytes[offset].endsScalar { offset += 1 }
      }
    } while open > 0
  }

  private mutating func passCheckedString() {
    offset += 1
    while offset < bytes.count {
      offset += bytes.plainLength(from: offset)
      guard offset < bytes.count, bytes[offset] == .backslash else { break }
      offset += 2
    }
    offset += 1
  }
}

extension UInt8 {
  fileprivate var endsScalar: Bool { isBlank || self == .comma || self == .rightBrace || self == .rightBracket }
}

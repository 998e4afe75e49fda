extension UnsafeRawBufferPointer {
  /// Where the first byte sequence begins that is not UTF-8 (overlong, surrogate, beyond U+10FFFF, cut off).
  ///
  /// - Source: the table of well-formed sequences, The Unicode Standard, table 3-7.
  var firstInvalidUTF8: Int? {
    var index = 0
    while index < count {
      while index + 8 <= count, loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
        index += 8
      }
      guard index < count else { break }
      let lead = self[index]
      if lead < 0x80 {
        index += 1
        continue
      }
      let (length, second): (Int, ClosedRange<UInt8>)
      switch lead {
      case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xE1...0xEC, 0xEE, 0xEF: (length, second) = (3, 0x80...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return index
      }
      guard index + length <= count, second.contains(self[index + 1]) else { return index }
      for offset in index + 2..<index + length where self[offset] & 0xC0 != 0x80 { return index }
      index += length
    }
    return nil
  }
}

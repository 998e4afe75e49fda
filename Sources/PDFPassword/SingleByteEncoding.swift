/// An encoding that writes each character as one byte.
struct SingleByteEncoding {
  /// Where it differs from Latin-1.
  private let bytes: [Unicode.Scalar: UInt8]

  static let latin1 = SingleByteEncoding([:])

  /// ISO 32000-2, table D.2.
  static let pdfDoc = SingleByteEncoding([
    0x18: "˘ˇˆ˙˝˛˚˜", 0x80: "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž", 0xA0: "€",
  ])

  /// What Windows takes for Latin-1.
  static let windows1252 = SingleByteEncoding([
    0x80: "€", 0x82: "‚ƒ„…†‡ˆ‰Š‹Œ", 0x8E: "Ž", 0x91: "‘’“”•–—˜™š›œ", 0x9E: "žŸ",
  ])

  private init(_ runs: [UInt8: String]) {
    var bytes: [Unicode.Scalar: UInt8] = [:]
    for (first, characters) in runs {
      for (offset, scalar) in characters.unicodeScalars.enumerated() { bytes[scalar] = first + UInt8(offset) }
    }
    self.bytes = bytes
  }

  /// Nil where a character has no byte.
  func encoded(_ text: String) -> [UInt8]? {
    var encoded: [UInt8] = []
    for scalar in text.unicodeScalars {
      guard let byte = bytes[scalar] ?? UInt8(exactly: scalar.value) else { return nil }
      encoded.append(byte)
    }
    return encoded
  }
}

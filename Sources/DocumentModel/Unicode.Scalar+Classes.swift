extension Unicode.Scalar {
  /// What `properties.isAlphabetic` tells, without the search in Unicode's tables for what most texts are made of.
  package var isLetter: Bool { isASCII ? UInt8(ascii: "a")...UInt8(ascii: "z") ~= lowered : properties.isAlphabetic }

  /// What `properties.isWhitespace` tells, likewise.
  package var isSpace: Bool { isASCII ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace }

  /// Of an ASCII scalar: a capital as its small letter; no other becomes a letter by it.
  private var lowered: UInt8 { UInt8(truncatingIfNeeded: value) | 0x20 }
}

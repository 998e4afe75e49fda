extension Unicode.Scalar {
  /// What `properties.isAlphabetic` tells, without the search in Unicode's tables for what most texts are made of.
  package var isLetter: Bool { isASCII ? UInt8(ascii: "a")...UInt8(ascii: "z") ~= lowered : properties.isAlphabetic }

  /// What `properties.isWhitespace` tells, likewise.
  package var isSpace: Bool { isASCII ? value == 0x20 || 0x09...0x0D ~= value : properties.isWhitespace }

  /// Whether `properties.numericType` tells of one, likewise.
  package var isNumeral: Bool { isASCII ? 0x30...0x39 ~= value : properties.numericType != nil }

  /// What `properties.isUppercase` tells, likewise.
  package var isCapital: Bool { isASCII ? 0x41...0x5A ~= value : properties.isUppercase }

  /// What `properties.isLowercase` tells, likewise.
  package var isSmall: Bool { isASCII ? 0x61...0x7A ~= value : properties.isLowercase }

  /// What `properties.generalCategory` tells, likewise.
  package var category: Unicode.GeneralCategory {
    isASCII ? Self.asciiCategories[Int(value)] : properties.generalCategory
  }

  private static let asciiCategories = (0..<0x80 as Range<UInt8>).map { Unicode.Scalar($0).properties.generalCategory }

  /// Of an ASCII scalar: a capital as its small letter; no other becomes a letter by it.
  private var lowered: UInt8 { UInt8(truncatingIfNeeded: value) | 0x20 }
}

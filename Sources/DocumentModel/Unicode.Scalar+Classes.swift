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

  /// Whether it is of Hebrew, Arabic or their neighbours, presentation forms included; blocks of Unicode 16.
  package var isRightToLeft: Bool {
    switch value {
    case 0..<0x0590: false
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: true
    default: false
    }
  }

  private static let asciiCategories = (0..<0x80 as Range<UInt8>).map { Unicode.Scalar($0).properties.generalCategory }

  /// Of an ASCII scalar: a capital as its small letter; no other becomes a letter by it.
  private var lowered: UInt8 { UInt8(truncatingIfNeeded: value) | 0x20 }
}

extension String {
  /// Whether a letter of it is read from right to left; quick where none is.
  package var holdsRightToLeft: Bool {
    // The first byte of the first such letter.
    utf8.contains { $0 >= 0xD6 } && unicodeScalars.contains(where: \.isRightToLeft)
  }
}

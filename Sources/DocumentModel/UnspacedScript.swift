/// Scripts whose words no space parts: a line break in them becomes nothing, not a space.
package enum UnspacedScript {
  /// Whether a scalar belongs to Han, kana, Bopomofo, Thai, Lao, Khmer, Myanmar or Tibetan writing, or to their
  /// punctuation.
  ///
  /// Hangul is not among them: Korean parts its words.
  package static func contains(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x0E00 else { return false }
    return ranges.contains { $0.contains(scalar.value) }
  }

  /// Whether two neighbouring texts are joined without a space.
  package static func joins(_ before: String, _ after: String) -> Bool {
    guard let last = before.unicodeScalars.last, let first = after.unicodeScalars.first else { return false }
    return contains(last) && contains(first) || isFullMark(last) || isFullMark(first)
  }

  /// Whether a scalar belongs to a script that has spaces between its phrases: Thai, Lao, Tibetan, Myanmar, Khmer.
  package static func partsPhrases(_ scalar: Unicode.Scalar) -> Bool {
    (0x0E00...0x109F).contains(scalar.value) || (0x1780...0x17FF).contains(scalar.value)
  }

  /// Punctuation that fills a square, white included: nothing is parted from it by a space.
  private static func isFullMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x3001...0x3003, 0x3008...0x3011, 0x3014...0x301F, 0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B,
      0xFF1F:
      true
    default: false
    }
  }

  /// Blocks of the Unicode standard, version 16.
  private static let ranges: [ClosedRange<UInt32>] = [
    0x0E00...0x0EFF,  // Thai, Lao
    0x0F00...0x0FFF,  // Tibetan
    0x1000...0x109F,  // Myanmar
    0x1780...0x17FF,  // Khmer
    0x2E80...0x2FDF,  // radicals
    0x3000...0x312F,  // CJK punctuation, kana, Bopomofo
    0x31A0...0x31BF, 0x31F0...0x31FF,  // Bopomofo and kana extensions
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,  // Han
    0xFF01...0xFF0F, 0xFF1A...0xFF20, 0xFF3B...0xFF9F,  // full-width punctuation, half-width kana
    0x20000...0x3FFFF,  // Han extensions
  ]
}

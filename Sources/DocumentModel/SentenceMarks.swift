/// The punctuation that sentences end with, or are wrapped in.
enum SentenceMarks {
  /// Ends a sentence, whatever follows in lower case aside.
  static func isStop(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || strong.contains(scalar) }

  /// A stop of writing that sets no space behind it.
  static func isUnspacedStop(_ scalar: Unicode.Scalar) -> Bool { unspaced.contains(scalar) }

  /// May stand between a stop and the space behind it.
  static func isCloser(_ scalar: Unicode.Scalar) -> Bool { closers.contains(scalar) }

  /// May stand between the space and the first letter of a sentence.
  static func isOpener(_ scalar: Unicode.Scalar) -> Bool { openers.contains(scalar) }

  /// Three dots that are one, after which a sentence may go on.
  static let ellipsis: Unicode.Scalar = "\u{2026}"

  /// Latin, Greek, Arabic, Urdu, Devanagari, Armenian, Ethiopic, Khmer and Burmese stops, and the unspaced ones.
  private static let strong: Set<Unicode.Scalar> = unspaced.union([
    "!", "?", "\u{203C}", "\u{203D}", "\u{2047}", "\u{2048}", "\u{2049}", "\u{2026}", "\u{061F}", "\u{06D4}",
    "\u{0964}", "\u{0965}", "\u{0589}", "\u{1362}", "\u{1367}", "\u{17D4}", "\u{17D5}", "\u{104A}", "\u{104B}",
  ])

  /// Ideographic full stop, its half-width form, full-width stop, exclamation and question mark.
  private static let unspaced: Set<Unicode.Scalar> = ["\u{3002}", "\u{FF61}", "\u{FF0E}", "\u{FF01}", "\u{FF1F}"]

  private static let closers: Set<Unicode.Scalar> = [
    "\"", "'", ")", "]", "}", "\u{201C}", "\u{201D}", "\u{2019}", "\u{2018}", "\u{00BB}", "\u{00AB}", "\u{203A}",
    "\u{300D}", "\u{300F}", "\u{FF09}", "\u{3011}", "\u{300B}", "\u{3009}", "\u{3015}", "\u{FF3D}", "\u{2070}",
    "\u{00B9}", "\u{00B2}", "\u{00B3}", "\u{2074}", "\u{2075}", "\u{2076}", "\u{2077}", "\u{2078}", "\u{2079}",
    "\u{2020}", "\u{2021}", "*",
  ]

  private static let openers: Set<Unicode.Scalar> = [
    "\"", "'", "(", "[", "{", "\u{201C}", "\u{201D}", "\u{201E}", "\u{201A}", "\u{2018}", "\u{2019}", "\u{00AB}",
    "\u{00BB}", "\u{2039}", "\u{203A}", "\u{00BF}", "\u{00A1}", "\u{300C}", "\u{300E}", "\u{FF08}", "\u{3010}",
    "\u{300A}", "\u{2013}", "\u{2014}", "-", "*", "\u{2020}", "\u{2022}",
  ]
}

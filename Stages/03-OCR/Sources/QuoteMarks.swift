/// Double quotation marks that the engine read as two single ones.
enum QuoteMarks {
  private static let pairs: [(read: String, meant: String)] = [
    ("\u{2018}\u{201C}", "\u{201C}"), ("\u{2018}\u{2018}", "\u{201C}"), ("\u{2019}\u{2019}", "\u{201D}"),
  ]

  /// Whether a word is nothing but marks that stand above the middle of their line.
  static func areAll(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.allSatisfy { raised.contains($0) }
  }

  private static let raised: Set<Unicode.Scalar> = ["'", "\"", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}"]

  /// The word with pairs of single marks at its start or end joined: `\u{2018}\u{2018}Peter,\u{2019}\u{2019}` is one quotation.
  static func joined(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0 == "\u{2018}" || $0 == "\u{2019}" }) else { return text }
    var result = text
    for pair in pairs where result.hasPrefix(pair.read) {
      result = pair.meant + result.dropFirst(pair.read.count)
    }
    for pair in pairs where result.hasSuffix(pair.read) {
      result = result.dropLast(pair.read.count) + pair.meant
    }
    return result
  }
}

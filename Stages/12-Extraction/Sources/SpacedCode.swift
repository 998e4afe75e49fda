import DocumentModel

/// Numbers of documents that are printed in groups: `75 1103 2249 0081`, `HN 2025/023`, `R 551208`.
enum SpacedCode {
  /// The whole of a text, where it is one such number and nothing else.
  static func code(_ text: Scalars) -> Range<Int>? {
    let words = words(text)
    guard words.count >= 2, words.count <= mostGroups, let first = words.first, let last = words.last,
      last.upperBound - first.lowerBound <= longest
    else { return nil }
    // "FT 2026/318" is no sum of forints: an amount has no strokes.
    let isSeries = words[1].contains { text[$0].map { signs.contains($0) } ?? false }
    let begin = isPrefix(text, first, isSeries: isSeries) ? 1 : 0
    guard begin < words.count, isCode(text, words[begin]) else { return nil }
    for (place, word) in words[(begin + 1)...].enumerated() {
      let ends = place + begin + 2 == words.count
      guard isGroup(text, word) || ends && word.count == 1 && isCapital(text, word) else { return nil }
    }
    return first.lowerBound..<last.upperBound
  }

  private static func words(_ text: Scalars) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var at = 0
    while at < text.count, words.count <= mostGroups {
      while text.isSpace(at) { at += 1 }
      let start = at
      while at < text.count, !text.isSpace(at) { at += 1 }
      if at > start { words.append(start..<at) }
    }
    return words
  }

  /// `HN`, `VB`: capitals that are no currency of the number behind them.
  private static func isPrefix(_ text: Scalars, _ word: Range<Int>, isSeries: Bool) -> Bool {
    word.count <= longestPrefix && isCapital(text, word) && (isSeries || Currencies.code(text.text(word)) == nil)
  }

  private static func isCapital(_ text: Scalars, _ word: Range<Int>) -> Bool {
    word.allSatisfy { text[$0].map { $0.isASCII && $0.isCapital } ?? false }
  }

  private static func isCode(_ text: Scalars, _ word: Range<Int>) -> Bool {
    word.contains { text.isDigit($0) }
      && word.allSatisfy { place in
        text.isDigit(place) || (text[place].map { $0.isASCII && $0.isCapital || signs.contains($0) } ?? false)
      }
  }

  private static func isGroup(_ text: Scalars, _ word: Range<Int>) -> Bool {
    word.count >= 2 && word.allSatisfy { text.isDigit($0) }
  }

  private static let signs: Set<Unicode.Scalar> = ["-", "/", "_", "\\"]
  private static let mostGroups = 5
  private static let longest = 26  // scalars with spaces
  private static let longestPrefix = 4
}

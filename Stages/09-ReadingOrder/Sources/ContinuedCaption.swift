/// Whether a caption says that it stands over the rest of a table: a caption without such a word names another table.
enum ContinuedCaption {
  /// "Table 4 (continued)", "Table 4, cont.", "Tableau 4 – suite", "续表 4"; not "Table 4: Contents", "Table 4: A test suite".
  static func says(_ caption: String) -> Bool {
    let words = caption.lowercased().split(whereSeparator: \.isWhitespace)
    return words.indices.contains { says(at: $0, of: words) } || saysInIdeographs(words.joined())
  }

  private static func says(at place: Int, of words: [Substring]) -> Bool {
    let word = words[place]
    guard let first = word.firstIndex(where: \.isLetter), let last = word.lastIndex(where: \.isLetter) else {
      return false
    }
    let name = String(word[first...last])
    guard Self.words.contains(name) else { return false }
    let before = place > 0 ? words[place - 1].last : nil
    if let opening = word.first, openings.contains(opening) { return true }
    if let before, openings.contains(before) { return true }
    let isLast = place == words.count - 1
    let isApart = before.map { $0.isNumber || $0.isPunctuation } ?? false
    let ends = isLast || words[place + 1] == "from" || last < word.index(before: word.endIndex)
    return isApart && ends || isLast && !ambiguous.contains(name)
  }

  private static func saysInIdeographs(_ text: String) -> Bool {
    ["续", "續", "続"].contains { sign in
      text.hasPrefix(sign) || openings.contains { text.contains("\($0)\(sign)") } || text.hasSuffix(sign)
    } || text.hasSuffix("続き")
  }

  private static let openings: Set<Character> = ["(", "[", "（", "［", "【"]
  private static let words: Set<String> = [
    "continued", "cont", "contd", "cont'd", "cont’d", "suite", "fortsetzung", "forts", "continua", "continuación",
    "continuacion", "continuação", "continuazione", "segue", "vervolg", "fortsatt", "fortsättning", "fortsættelse",
    "dalszy",
    "продолжение", "окончание",
  ]
  /// What the name of a table may end with as well.
  private static let ambiguous: Set<String> = ["suite", "continua", "segue", "vervolg", "cont"]
}

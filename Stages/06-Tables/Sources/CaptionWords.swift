/// Wordings that begin a table's title or its notes: they stand beside the table, not in it.
enum CaptionWords {
  private static let titles: Set<String> = [
    "table", "tab.", "tableau", "tabelle", "tabla", "tabella", "exhibit", "figure", "fig.", "chart", "graph",
    "abbildung", "box",
  ]
  private static let notes: Set<String> = [
    "source:", "sources:", "source", "note:", "notes:", "note", "notes", "quelle:", "*", "†", "‡",
  ]

  /// "Table 3", "Exhibit A-1."
  static func begin(_ words: [TableWord]) -> Bool {
    guard words.count > 1, let first = words.first, titles.contains(first.text.lowercased()) else { return false }
    let number = words[1].text
    return number.contains(where: \.isNumber) || number.count <= 4 && number.first?.isUppercase == true
  }

  /// "Source: …", "NOTE: …", "Exhibit reads: …"
  static func beginNote(_ words: [TableWord]) -> Bool {
    guard let first = words.first else { return false }
    let text = first.text.lowercased()
    if notes.contains(text), text.hasSuffix(":") || text == "*" || text == "†" || text == "‡" { return true }
    return words.prefix(3).contains { $0.text.hasSuffix(":") } && titles.contains(text)
      || (notes.contains(text) && text.count > 3 && words.count > 6)
  }
}

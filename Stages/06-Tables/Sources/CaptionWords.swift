import DocumentModel

/// Wordings that begin a table's title or its notes: they stand beside the table, not in it.
enum CaptionWords {
  private static let notes: Set<String> = [
    "source:", "sources:", "source", "note:", "notes:", "note", "notes", "quelle:", "*", "†", "‡",
  ]

  private static let opening = 5  // words looked at: "Extended Data Table 3" and the mark behind it

  /// "Table 3", "Exhibit A-1."
  static func begin(_ words: [TableWord]) -> Bool { CaptionOpening(words.prefix(opening).map(\.text)) != nil }

  /// "Table 3" and what may be its title; not a row that begins so and has values: "Box 12 3.50".
  static func begin(_ row: TextRow) -> Bool {
    guard let caption = CaptionOpening(row.words.prefix(opening).map(\.text)) else { return false }
    if caption.isMarked || row.phrases.count == 1 { return true }
    let rest = row.phrases.drop { $0.words.startIndex < caption.length }
    return rest.count <= 1 && !rest.contains(where: \.isNumeric)
  }

  /// "Source: …", "NOTE: …", "Exhibit reads: …"
  static func beginNote(_ words: [TableWord]) -> Bool {
    guard let first = words.first else { return false }
    let text = first.text.lowercased()
    if notes.contains(text), text.hasSuffix(":") || text == "*" || text == "†" || text == "‡" { return true }
    return words.prefix(3).contains { $0.text.hasSuffix(":") } && CaptionOpening.subject(of: first.text) != nil
      || (notes.contains(text) && text.count > 3 && words.count > 6)
  }
}

import DocumentModel

/// Rows of fixed-width type that are no code: an address of the web that fills its row, and the rest of one that the
/// row above begins.
enum AddressRows {
  private static let mostWords = 4  // "https://host/path, 2015.": more is a command with an address in it
  private static let apart = 2.0  // em between baselines: further off nothing goes on

  /// Makes such rows text.
  static func check(_ rows: [TextRow], _ kinds: inout [RowKind]) {
    for index in rows.indices where kinds[index] == .code && rows[index].words.count <= mostWords {
      guard index > 0, kinds[index - 1] == .text, rows[index].column == rows[index - 1].column,
        rows[index].baseline - rows[index - 1].baseline <= apart * rows[index].size,
        let first = rows[index].words.first, let last = rows[index - 1].words.last
      else { continue }
      let goesOn = isAddress(last) && last.last.map { "/._-?=&#".contains($0) } ?? false
      if isAddress(first) || goesOn || AddressBreak.goesOn(last, first) { kinds[index] = .text }
    }
  }

  private static func isAddress(_ word: String) -> Bool {
    word.contains("://") || word.hasPrefix("www.") || word.hasPrefix("doi.org/")
  }
}

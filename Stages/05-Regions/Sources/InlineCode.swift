import DocumentModel

/// Rows mostly of fixed-width type that are no code: addresses, and lines of a paragraph that tell of code.
enum InlineCode {
  private static let mostWords = 4  // "https://host/path, 2015.": more is a command with an address in it
  private static let apart = 2.0  // em between baselines: further off nothing goes on
  private static let leading = 1.5  // em between the lines of one paragraph; code stands off from it
  private static let flush = 0.5  // em
  private static let full = 3.0  // em that a justified or ragged line may end before its column does
  private static let longest = 3  // rows: what is longer is a listing

  /// Makes such rows text.
  ///
  /// - Parameter columns: by the row's column, upright.
  static func check(_ rows: [TextRow], _ kinds: inout [RowKind], columns: [BoundingBox], body: BodyFacts) {
    var at = 0
    while at < rows.count {
      guard kinds[at] == .code else {
        at += 1
        continue
      }
      var end = at + 1
      while end < rows.count, kinds[end] == .code, rows[end].column == rows[at].column { end += 1 }
      if end - at <= longest {
        let column = rows[at].column.flatMap { columns.indices.contains($0) ? columns[$0] : nil }
        for row in at..<end where isText(row, rows, kinds, column) { kinds[row] = .text }
        if end - at == 1, kinds[at] == .code, isNumbered(rows[at], body) { kinds[at] = .text }
      }
      at = end
    }
  }

  private static func isText(_ index: Int, _ rows: [TextRow], _ kinds: [RowKind], _ column: BoundingBox?) -> Bool {
    let row = rows[index]
    if row.words.allSatisfy({ isAddress($0) || isMailAddress($0) }) { return true }
    let above = index > 0 && kinds[index - 1] == .text && rows[index - 1].column == row.column ? rows[index - 1] : nil
    if let above, isAddressGoingOn(row, after: above) { return true }
    let isBelow = above.map { isNext(row, after: $0) } ?? false
    if let above, isBelow {
      // A sentence that no stop ends, on a line that is full, goes on in the next one.
      if row.hasPlainWords || isFull(above, in: column) && !endsClause(above) { return true }
    }
    guard index + 1 < rows.count, kinds[index + 1] != .formula, rows[index + 1].column == row.column else {
      return false
    }
    let below = rows[index + 1]
    return isNext(below, after: row) && !below.isMonospaced && row.hasPlainWords && isFull(row, in: column)
  }

  /// Whether a row stands under another as the lines of a paragraph do.
  private static func isNext(_ row: TextRow, after above: TextRow) -> Bool {
    let size = max(row.size, above.size)
    return row.baseline > above.baseline && row.baseline - above.baseline <= leading * size
      && (abs(row.lead - above.lead) <= flush * size || above.lead > row.lead && above.lead - row.lead <= full * size)
  }

  private static func isFull(_ row: TextRow, in column: BoundingBox?) -> Bool {
    guard let column, !row.isRightToLeft else { return false }
    return row.box.right >= column.right - full * row.size
  }

  private static func endsClause(_ row: TextRow) -> Bool { row.words.last?.last.map { ".:;!?".contains($0) } ?? false }

  private static let larger = 1.12  // of the body's size: headings

  /// "3.2.2 floatmarkers": the number of a heading, set as the text is; one number alone in larger type.
  private static func isNumbered(_ row: TextRow, _ body: BodyFacts) -> Bool {
    guard row.startsPlain, let first = row.words.first, row.words.count > 1 else { return false }
    return (first.contains(".") || row.size >= larger * body.size) && first.contains(where: \.isNumber)
      && first.allSatisfy { $0.isNumber || $0 == "." || $0.isUppercase }
  }

  /// The rest of an address that the row above begins, or one that fills its row.
  private static func isAddressGoingOn(_ row: TextRow, after above: TextRow) -> Bool {
    guard row.words.count <= mostWords, row.baseline - above.baseline <= apart * row.size,
      let first = row.words.first, let last = above.words.last
    else { return false }
    let goesOn = isAddress(last) && last.last.map { "/._-?=&#".contains($0) } ?? false
    return isAddress(first) || goesOn || AddressBreak.goesOn(last, first)
  }

  private static func isAddress(_ word: String) -> Bool {
    word.contains("://") || word.hasPrefix("www.") || word.hasPrefix("doi.org/")
  }

  /// `someone@example.org`, also in brackets, with a comma behind it, and `{a,b}@example.org`.
  private static func isMailAddress(_ word: String) -> Bool {
    guard let at = word.firstIndex(of: "@"), at != word.startIndex else { return false }
    let host = word[word.index(after: at)...]
    return host.first?.isLetter ?? false && host.contains(".")
      && host.allSatisfy { $0.isLetter || $0.isNumber || ".-,;)>]".contains($0) }
  }
}

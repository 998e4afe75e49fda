/// Listings of a dialogue with a program: lines behind a prompt, and the program's answers, whose columns are no table.
enum Sessions {
  private static let apart = 3.2  // em between baselines: a blank line or two between an answer and the next prompt
  private static let longestName = 10  // letters of a prompt that names its program
  private static let signs: Set<String> = [">", ">>>", "$", "%", "#", "##", "#>", "..."]

  static let leastPrompts = 3  // lines: a document that shows sessions shows more of them

  /// What begins comments in many languages, too.
  private static let comments: Set<String> = ["#", "##", "%"]

  /// Rows in fixed-width type that follow each other, where one of them begins with a prompt. In a document that shows
  /// sessions also those that begin their column, for an answer may go on over the page, and those with a row among them that
  /// no gap parts: a table has none.
  static func rows(_ rows: [TextRow], body: BodyFacts) -> Set<Int> {
    var found: Set<Int> = []
    var at = 0
    while at < rows.count {
      guard rows[at].isMonospaced else {
        at += 1
        continue
      }
      var end = at + 1
      while end < rows.count, rows[end].isMonospaced, isNext(rows[end], after: rows[end - 1]) { end += 1 }
      let isListing =
        rows[at..<end].contains { isPrompted($0.words) }
        || body.showsSessions
          && (!rows[..<at].contains { $0.column == rows[at].column }
            || rows[at..<end].contains { $0.cells(gap: cellGap).count < 2 })
      if isListing { found.formUnion(at..<end) }
      at = end
    }
    return found
  }

  private static func isNext(_ row: TextRow, after above: TextRow) -> Bool {
    let distance = row.baseline - above.baseline
    return row.column == above.column && distance > 0 && distance <= apart * max(row.size, above.size)
  }

  private static let cellGap = 1.5  // em

  /// Whether a row tells that its document shows sessions: a comment does not.
  static func tellsSession(_ words: [String]) -> Bool {
    isPrompted(words) && !(words.first.map(comments.contains) ?? true)
  }

  /// "> summary(x)", "R> x", ">>> x", "mysql> x", "$ ls", "## [1] 2".
  static func isPrompted(_ words: [String]) -> Bool {
    guard let first = words.first else { return false }
    if signs.contains(first) { return words.count > 1 }
    guard first.last == ">", first.count <= longestName else { return false }
    return first.dropLast().allSatisfy {
      $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "(" || $0 == ")"
    }
  }
}

import DocumentModel

/// Finds the notes at the foot of each column: small type with a mark, or small type under a short rule.
enum FootnoteFinder {
  private static let smaller = 0.93  // of the body size
  private static let smallerRecognized = 0.88  // the same where sizes are estimates
  private static let upperHalf = 0.4  // of the page's height: notes do not begin above it
  private static let mostShare = 0.6  // of the column's rows: more small type is the column's text
  private static let leastLetters = 10  // of a note's first row: limits of sums are shorter
  private static let marks: Set<Character> = ["*", "†", "‡", "§", "¶", "⁎", "∗"]
  private static let superscripts: Set<Character> = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁰"]

  /// - Parameter rows: those that no other rule has claimed, in reading order.
  /// - Returns: indices into `rows`, one list a note.
  static func find(_ rows: [TextRow], view: PageView, body: BodyFacts) -> [[Int]] {
    guard body.size > 0 else { return [] }
    let limit = (view.isRecognized ? smallerRecognized : smaller) * body.size
    var columns: [Int: [Int]] = [:]
    for (index, row) in rows.enumerated() where !row.lines[0].isTurned {
      columns[row.column ?? -1, default: []].append(index)
    }
    return columns.sorted { $0.key < $1.key }.flatMap { _, members in
      let ordered = members.sorted { (rows[$0].baseline, $0) < (rows[$1].baseline, $1) }
      return notes(ordered, rows, view, limit)
    }
  }

  private static func notes(_ column: [Int], _ rows: [TextRow], _ view: PageView, _ limit: Double) -> [[Int]] {
    let foot = column.reversed().prefix { rows[$0].size <= limit && rows[$0].baseline > upperHalf * view.size.height }
    let small = Array(foot.reversed())
    guard !small.isEmpty else { return [] }
    let ruled = small.firstIndex { isUnderRule(rows[$0], view, above: rows[small[small.count - 1]].baseline) }
    let marked = small.firstIndex { isMarked(rows[$0]) }
    guard let first = [ruled, marked].compactMap({ $0 }).min() else { return [] }
    let noted = small[first...]
    guard rows[noted[noted.startIndex]].letters >= leastLetters else { return [] }
    guard ruled != nil || Double(noted.count) <= mostShare * Double(column.count) else { return [] }
    var notes: [[Int]] = []
    for index in noted {
      if notes.isEmpty || isMarked(rows[index]) { notes.append([index]) } else { notes[notes.count - 1].append(index) }
    }
    return notes
  }

  private static func isMarked(_ row: TextRow) -> Bool {
    if row.startsRaised { return true }
    guard let first = row.words.first, let mark = first.first else { return false }
    if marks.contains(mark) || superscripts.contains(mark) { return true }
    // "1 See chapter 2": a short number, then a sentence; or glued to it, "1See".
    let digits = first.prefix { $0.isNumber }
    guard (1...2).contains(digits.count) else { return false }
    let rest = first.dropFirst(digits.count)
    if rest.isEmpty { return row.words.count > 2 && row.words[1].first?.isUppercase == true }
    return rest.first?.isUppercase == true
  }

  /// A rule shorter than the column stands right above the row's left end.
  private static func isUnderRule(_ row: TextRow, _ view: PageView, above foot: Double) -> Bool {
    let width =
      row.column.flatMap { view.columns.indices.contains($0) ? view.columns[$0].width : nil } ?? view.size.width
    let near = view.horizontals.filter { $0.start < row.box.right && $0.end > row.box.left && $0.length > 0.08 * width }
    // More rules below are a table's.
    guard !near.contains(where: { $0.position > row.baseline && $0.position < foot }) else { return false }
    return near.contains { rule in
      rule.position < row.baseline - 0.5 * row.size && rule.position > row.baseline - 3 * row.size
        && abs(rule.start - row.box.left) < 2.5 * row.size && rule.length > 0.08 * width && rule.length < 0.7 * width
    }
  }
}

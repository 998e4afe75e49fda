import DocumentModel

/// Finds the notes at the foot of each column: small type with a mark, or small type under a short rule.
enum FootnoteFinder {
  private static let smaller = 0.93  // of the body size
  private static let smallerRecognized = 0.88  // the same where sizes are estimates
  // of the body size: notes under a rule may be as large as the text, headings are larger
  private static let asLarge = 1.1
  private static let apart = 1.6  // of the size from baseline to baseline: the rule of notes stands in white
  private static let upperHalf = 0.4  // of the page's height: notes do not begin above it
  private static let mostShare = 0.6  // of the column's rows: more small type is the column's text
  private static let leastLetters = 10  // of a note's first row: limits of sums are shorter
  private static let marks: Set<Character> = ["*", "†", "‡", "§", "¶", "⁎", "∗"]
  private static let superscripts: Set<Character> = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁰"]

  /// - Parameters:
  ///   - rows: those that no other rule has claimed, in reading order.
  ///   - all: with the rows of tables: notes under one may be most of what else the page has.
  /// - Returns: indices into `rows`, one list a note.
  static func find(_ rows: [TextRow], of all: [TextRow], view: PageView, body: BodyFacts) -> [[Int]] {
    guard body.size > 0 else { return [] }
    let limit = (view.isRecognized ? smallerRecognized : smaller) * body.size
    var columns: [Int: [Int]] = [:]
    for (index, row) in rows.enumerated() where !row.lines[0].isTurned {
      columns[row.column ?? -1, default: []].append(index)
    }
    let heights = Dictionary(grouping: all.lazy.filter { !$0.lines[0].isTurned }) { $0.column ?? -1 }.mapValues(\.count)
    return columns.sorted { $0.key < $1.key }.flatMap { column, members in
      let ordered = members.sorted { (rows[$0].baseline, $0) < (rows[$1].baseline, $1) }
      let most = Int(mostShare * Double(max(heights[column] ?? 0, members.count)))
      return notes(ordered, rows, view, limit, asLarge * body.size, most)
    }
  }

  private static func notes(
    _ column: [Int], _ rows: [TextRow], _ view: PageView, _ limit: Double, _ largest: Double, _ most: Int
  ) -> [[Int]] {
    let small = smallNotes(column, rows, view, limit, most)
    return parted(small.isEmpty ? ruledNotes(column, rows, view, largest, most) : small, rows)
  }

  /// The rows of notes in the size of the text: under a rule, with a raised mark.
  private static func ruledNotes(
    _ column: [Int], _ rows: [TextRow], _ view: PageView, _ largest: Double, _ most: Int
  ) -> [Int] {
    let foot = column.reversed().prefix {
      rows[$0].baseline > upperHalf * view.size.height && rows[$0].size <= largest && !rows[$0].isBold
    }
    let low = Array(foot.reversed())
    guard let last = low.last else { return [] }
    let first = low.indices.last { place in
      let row = rows[low[place]]
      // A stroke within a paragraph, as under a link, has no white above it.
      if place > 0, row.baseline - rows[low[place - 1]].baseline < apart * row.size { return false }
      return isUnderRule(row, view, above: rows[last].baseline, isMarked: row.startsRaised)
    }
    guard let first, low[first...].contains(where: { rows[$0].startsRaised }),
      low.count - first <= most
    else { return [] }
    return Array(low[first...])
  }

  private static func smallNotes(_ column: [Int], _ rows: [TextRow], _ view: PageView, _ limit: Double, _ most: Int)
    -> [Int]
  {
    let foot = column.reversed().prefix { rows[$0].size <= limit && rows[$0].baseline > upperHalf * view.size.height }
    let small = Array(foot.reversed())
    guard !small.isEmpty else { return [] }
    let ruled = small.firstIndex { isUnderRule(rows[$0], view, above: rows[small[small.count - 1]].baseline) }
    let marked = small.firstIndex { isMarked(rows[$0]) }
    guard let first = [ruled, marked].compactMap({ $0 }).min() else { return [] }
    let noted = Array(small[first...])
    let opening = noted.prefix(isLoneMark(noted, 0, rows) ? 2 : 1).reduce(0) { $0 + rows[$1].letters }
    guard opening >= leastLetters else { return [] }
    // A rule alone makes no notes of most of a column; with marks, notes may be that long.
    guard noted.count <= most || ruled != nil && marked != nil else { return [] }
    return noted
  }

  /// Parts the rows into notes.
  private static func parted(_ noted: [Int], _ rows: [TextRow]) -> [[Int]] {
    let end = noted.map { rows[$0].box.right }.max() ?? 0
    var notes: [[Int]] = []
    for (place, index) in noted.enumerated() {
      let begins = isMarked(rows[index]) || isLoneMark(noted, place, rows)
      if let last = notes.last?.last,
        isLoneMark(noted, place - 1, rows) || !begins && goesOn(rows[last], rows[index], end)
      {
        notes[notes.count - 1].append(index)
      } else {
        notes.append([index])
      }
    }
    return notes
  }

  /// Whether a row is nothing but the mark of the next, whose type is no larger, so that it was not seen as raised.
  private static func isLoneMark(_ noted: [Int], _ place: Int, _ rows: [TextRow]) -> Bool {
    guard place >= 0, place + 1 < noted.count else { return false }
    let (row, next) = (rows[noted[place]], rows[noted[place + 1]])
    guard row.words.count == 1, let mark = row.words.first, mark.count <= 2,
      mark.allSatisfy({ $0.isNumber || marks.contains($0) })
    else { return false }
    let gap = next.lead - row.trail
    return abs(next.baseline - row.baseline) <= raised * next.size && gap > -next.size * sameLine && gap < next.size
  }

  /// Whether a row without a mark belongs to the note above: neither white space nor a row that ended early parts them,
  /// as they do a notice of copyright from the last note.
  private static func goesOn(_ last: TextRow, _ row: TextRow, _ end: Double) -> Bool {
    let step = row.baseline - last.baseline
    guard step <= farthest * row.size else { return false }
    guard !row.isRightToLeft, step > sameLine * row.size, let first = row.lines.first?.wordBoxes.first else {
      return true
    }
    return last.box.right + first.width + space * row.size > end - slack * row.size
  }

  private static let farthest = 1.75  // of the size from baseline to baseline: notes are set at 1.1–1.4
  private static let raised = 0.7  // of the size, from a mark's baseline to its note's
  private static let sameLine = 0.3  // of the size: parts of one row
  private static let space = 0.25  // of the size, between words
  private static let slack = 3.0  // of the size: a ragged line leaves no more beyond the word that did not fit

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

  /// A rule shorter than the column stands right above the row's left end; above a mark it may be as long.
  private static func isUnderRule(
    _ row: TextRow, _ view: PageView, above foot: Double, isMarked: Bool = false
  ) -> Bool {
    let width =
      row.column.flatMap { view.columns.indices.contains($0) ? view.columns[$0].width : nil } ?? view.size.width
    let near = view.horizontals.filter { $0.start < row.box.right && $0.end > row.box.left && $0.length > 0.08 * width }
    // More rules below are a table's.
    guard !near.contains(where: { $0.position > row.baseline && $0.position < foot }) else { return false }
    return near.contains { rule in
      rule.position < row.baseline - 0.5 * row.size && rule.position > row.baseline - 3 * row.size
        && abs(rule.start - row.box.left) < 2.5 * row.size && rule.length > 0.08 * width
        && (isMarked || rule.length < 0.7 * width)
    }
  }
}

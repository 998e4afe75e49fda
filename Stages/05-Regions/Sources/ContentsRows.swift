import DocumentModel

/// Rows of a printed table of contents: a title, dots that lead away from it, and the number of a page. Below a heading
/// that names it the dots may be missing.
///
/// Dots and numbers at one edge look like a table of two columns, and its titles like paragraphs of one line each.
struct ContentsRows {
  /// The rows of each entry: mostly one, more where its title wraps. Indices into the rows looked at.
  private(set) var entries: [[Int]] = []

  private static let leastLeading = 3  // rows with dots in a stretch of contents
  private static let leastDots = 5  // in a row: an ellipsis has three or four
  private static let mostWrapped = 2  // lines of a title before the one with its number
  private static let reach = 0.7  // of a row's width: a title that wraps goes on to there
  private static let standsIn = 0.8  // em: behind a number
  private static let flush = 0.8  // em: page numbers end at one place
  private static let apart = 2.6  // em between the baselines of rows of which one has no dots
  private static let close = 2.2  // em between the baselines of a title's lines
  private static let fewOutOfOrder = 20  // rows, of which one number may be less than that before it: it was misread

  /// What a row says, if it may be a line of contents.
  private struct Row {
    let page: Int?
    let leads: Bool
  }

  init(_ rows: [TextRow]) {
    let read = rows.map(Self.read)
    var at = 0
    while at < rows.count {
      let isAnnounced = at > 0 && isAnnounced(at, rows) && Self.opens(at, rows, read)
      guard read[at]?.leads == true || isAnnounced else {
        at += 1
        continue
      }
      let stretch = Self.stretch(from: at, after: entries.last?.last ?? -1, rows, read, isAnnounced: isAnnounced)
      let numbered = stretch.filter { read[$0] != nil }
      if isAnnounced && numbered.count >= Self.leastLeading
        || numbered.count(where: { read[$0]?.leads == true }) >= Self.leastLeading,
        Self.countsUp(numbered.compactMap { read[$0]?.page })
      {
        var entry: [Int] = []
        for row in stretch {
          entry.append(row)
          guard read[row] != nil else { continue }
          entries.append(entry)
          entry = []
        }
      }
      at = max(stretch.last ?? at, at) + 1
    }
  }

  /// Whether the row above is a heading that names contents, or the last entry of the column before.
  private func isAnnounced(_ at: Int, _ rows: [TextRow]) -> Bool {
    ContentsTitle.isOne(rows[at - 1].text) || entries.last?.last == at - 1 && rows[at].column != rows[at - 1].column
  }

  /// Whether an entry begins with a row: it has a number, or one of the next does, which it may be wrapped over.
  private static func opens(_ at: Int, _ rows: [TextRow], _ read: [Row?]) -> Bool {
    guard let end = (at..<min(at + mostWrapped + 1, rows.count)).first(where: { read[$0] != nil }) else { return false }
    return end == at || isWrapped(Array(at...end), rows, isAnnounced: true)
  }

  /// Ascending rows around one that leads to its number: those that do so, those that end at the same edge with a number,
  /// and the first lines of titles that wrap.
  private static func stretch(
    from start: Int, after done: Int, _ rows: [TextRow], _ read: [Row?], isAnnounced: Bool
  ) -> [Int] {
    let first = (start..<rows.count).first { read[$0] != nil } ?? start
    func belongs(_ row: Int) -> Bool {
      guard rows[row].column == rows[start].column, let found = read[row] else { return false }
      return found.leads || abs(rows[row].box.right - rows[first].box.right) <= flush * rows[first].size
    }
    // Chapters stand apart, but a page's running title further.
    func isNear(_ row: Int, _ other: Int) -> Bool {
      read[row]?.leads == true && read[other]?.leads == true
        || abs(rows[row].baseline - rows[other].baseline) <= apart * max(rows[row].size, rows[other].size)
    }
    var members: [Int] = []
    var before = start - 1
    while before > done, belongs(before), isNear(before, before + 1) {
      members.insert(before, at: 0)
      before -= 1
    }
    var wrapped: [Int] = []
    for row in start..<rows.count {
      if belongs(row), row == first || isNear(row, row - 1) {
        if isWrapped(wrapped + [row], rows, isAnnounced: isAnnounced) { members += wrapped }
        members.append(row)
        wrapped = []
      } else {
        wrapped.append(row)
        if wrapped.count > mostWrapped || rows[row].column != rows[start].column { break }
      }
    }
    return members
  }

  /// Whether rows are one title: in one type, line below line, and all but the last as long as there was room; what is
  /// announced may be ragged, where its lines stand in behind the title's number.
  private static func isWrapped(_ title: [Int], _ rows: [TextRow], isAnnounced: Bool) -> Bool {
    guard let last = title.last, title.count > 1 else { return false }
    return zip(title, title.dropFirst()).allSatisfy { upper, lower in
      let gap = rows[lower].baseline - rows[upper].baseline
      return gap > 0 && gap <= close * rows[last].size && rows[upper].isBold == rows[last].isBold
        && (rows[upper].box.right >= rows[last].box.left + reach * rows[last].box.width
          || isAnnounced && rows[lower].lead >= rows[title[0]].lead + standsIn * rows[last].size)
    }
  }

  private static func countsUp(_ pages: [Int]) -> Bool {
    zip(pages, pages.dropFirst()).count { $1 < $0 } <= pages.count / fewOutOfOrder
  }

  /// Whether dots lead to the page that the row ends with.
  static func leadsToPage(_ row: TextRow) -> Bool { read(row)?.leads ?? false }

  /// Nil where a row does not end in the number of a page, or has something between its dots and that.
  private static func read(_ row: TextRow) -> Row? {
    guard !row.lines[0].isTurned, !row.isRightToLeft else { return nil }
    var words = row.words[...]
    guard var last = words.popLast() else { return nil }
    var dots = 0
    // "Methods......12", or the dots and the number without a space.
    if let sign = last.lastIndex(where: isLeader), sign != last.indices.last {
      let number = last[last.index(after: sign)...]
      let title = last[..<sign].reversed().drop(while: isLeader).reversed()
      dots = last.count - number.count - title.count
      guard dots >= leastDots || title.isEmpty else { return nil }
      if !title.isEmpty { words.append(String(title)) }
      last = String(number)
    }
    guard let number = PageNumberText.number(last) else { return nil }
    while let word = words.last, word.allSatisfy(isLeader) {
      dots += word.count
      words.removeLast()
    }
    if let word = words.last {
      let tail = word.reversed().prefix(while: isLeader).count
      if tail >= leastDots { dots += tail }
    }
    // A number that stands alone counts pages, and is no line of contents.
    guard words.contains(where: { $0.unicodeScalars.contains { $0.isLetter } }) else { return nil }
    return Row(page: number.isRoman ? nil : number.value, leads: dots >= leastDots)
  }

  private static func isLeader(_ character: Character) -> Bool { LeaderSign.isLeader(character) }
}

import DocumentModel

/// Rows of a printed index: a word, a comma and the numbers of pages.
///
/// Their lines are far shorter than the column, so nothing else tells that each is an entry of its own.
struct IndexRows {
  /// The rows of each entry: mostly one, more where it wraps. Indices into the rows looked at.
  private(set) var entries: [[Int]] = []

  private static let leastRows = 8  // of a column: fewer may be anything that ends in numbers
  private static let pagedShare = 0.6  // of its rows: the others wrap, refer or have entries below them
  private static let near = 4.0  // em between the baselines of rows of one index: letters stand apart
  private static let larger = 1.08  // of most rows' size
  private static let longest = 14  // words of a row
  private static let mostDigits = 4  // of a page's number

  init(_ rows: [TextRow]) {
    var at = 0
    while at < rows.count {
      var end = at + 1
      while end < rows.count, Self.areNear(rows[end - 1], rows[end]) { end += 1 }
      let sizes = rows[at..<end].map(\.size).sorted()
      let most = Self.larger * sizes[sizes.count / 2]
      // A title and the letters that words begin with are no entries.
      let stretch = (at..<end).filter {
        !Self.isLetter(rows[$0]) && rows[$0].size <= most && (!rows[$0].isBold || Self.isEntry(rows[$0]))
      }
      let paged = stretch.count { Self.isEntry(rows[$0]) }
      if stretch.count >= Self.leastRows, Double(paged) >= Self.pagedShare * Double(stretch.count),
        stretch.allSatisfy({ rows[$0].words.count <= Self.longest })
      {
        entries += Self.entries(stretch, rows)
      }
      at = end
    }
  }

  private static func entries(_ stretch: [Int], _ rows: [TextRow]) -> [[Int]] {
    var entries: [[Int]] = []
    for row in stretch {
      let isNumbers = rows[row].words.allSatisfy { $0.first?.isNumber == true }
      if let before = entries.last?.last, before == row - 1, isNumbers || rows[before].words.last?.last == "," {
        entries[entries.count - 1].append(row)
      } else {
        entries.append([row])
      }
    }
    return entries
  }

  private static func areNear(_ upper: TextRow, _ row: TextRow) -> Bool {
    let size = max(upper.size, row.size)
    return upper.column == row.column && row.baseline > upper.baseline && row.baseline - upper.baseline <= near * size
      && !row.lines[0].isTurned
  }

  /// "A" above the words that begin so.
  private static func isLetter(_ row: TextRow) -> Bool { row.words.count == 1 && row.words[0].count == 1 }

  /// "aquifers, 3, 21–29": what stands before the first number ends in a comma. Years end other lists.
  private static func isEntry(_ row: TextRow) -> Bool {
    guard !row.isMonospaced, !row.isRightToLeft, row.words.first?.first?.isLetter == true else { return false }
    let pages = row.words.reversed().prefix(while: isPages)
    guard !pages.isEmpty, pages.count < row.words.count else { return false }
    return row.words[row.words.count - pages.count - 1].last == ","
  }

  /// "21–29," or "44" or "xii".
  private static func isPages(_ word: String) -> Bool {
    let core = word.last == "," ? word.dropLast() : word[...]
    let parts = core.split(whereSeparator: { "-–—".contains($0) }).map(String.init)
    return !parts.isEmpty && parts.count <= 2
      && parts.allSatisfy { part in
        guard part.utf8.count <= mostDigits || RomanNumeral.value(part) != nil,
          let number = PageNumberText.number(part)
        else { return false }
        return number.isRoman || !PageNumberText.years.contains(number.value)
      }
  }
}

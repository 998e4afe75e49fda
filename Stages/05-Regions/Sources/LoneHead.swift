import DocumentModel

/// Whether a row at a page's edge, whose text nothing repeats, runs along the page all the same.
///
/// Headings stand at the top of pages too, and what is taken for furniture is missing from the text: a row must show
/// what headings, titles of tables and fields of forms do not.
struct LoneHead {
  let view: PageView
  /// The size of the document's text.
  let bodySize: Double
  let edge: FurnitureRow.Edge

  private static let margin = 0.11  // of the page's height: heads and feet stand in the outer tenth
  private static let longest = 120  // letters
  private static let gap = 2.2  // ems to the text
  private static let largest = 1.3  // of the body size
  private static let smallType = 0.93  // of the body size: heads are often set smaller
  private static let largestWithNumber = 1.05  // of the body size
  private static let spread = 3.0  // ems: heads stand in the corners
  private static let sameColumn = 1.0  // ems: cells of two rows that begin together
  private static let ruleShare = 0.4  // of the page's width
  private static let sameExtent = 2.0  // points by which the ends of a table's rules differ

  /// - Parameter next: the next row inwards.
  func holds(_ row: TextRow, next: TextRow) -> Bool {
    let outer = edge == .top ? row.baseline : view.size.height - row.baseline
    guard outer < Self.margin * view.size.height, row.letters <= Self.longest,
      abs(next.baseline - row.baseline) > Self.gap * max(bodySize, next.size), row.size <= Self.largest * bodySize,
      !(edge == .bottom && row.startsRaised)
    else { return false }
    let cells = row.cells(gap: Self.spread)
    if areOfTable(cells, next, row.size) { return false }
    if cells.count >= 2 || isRuled(row, next) { return true }
    guard !row.isBold, CaptionText(row.words) == nil, CaptionText(Array(row.words.suffix(2))) == nil else {
      return false
    }
    return row.size < Self.smallType * min(bodySize, next.size) && !isNote(row) || isNumbered(row)
  }

  private static let leastNote = 6  // words

  /// Whether a whole sentence in small type begins a later page: the last note of what stands on the page before. What runs
  /// along pages names something.
  private func isNote(_ row: TextRow) -> Bool {
    edge == .top && view.number > 1 && row.words.count >= Self.leastNote && row.words.last?.last == "."
  }

  /// Whether the next row is parted at the same places, as rows of tables and forms are.
  private func areOfTable(_ cells: [BoundingBox], _ next: TextRow, _ size: Double) -> Bool {
    let starts = next.cells(gap: Self.spread).dropFirst().map(\.left)
    return cells.dropFirst().contains { cell in
      starts.contains { abs($0 - cell.left) <= Self.sameColumn * size }
    }
  }

  /// Whether a rule of its own parts the row from the text: tables and boxes have several of one extent.
  private func isRuled(_ row: TextRow, _ next: TextRow) -> Bool {
    let between = min(row.baseline, next.baseline)...max(row.baseline, next.baseline)
    return view.horizontals.contains { rule in
      guard rule.length > Self.ruleShare * view.size.width, between.contains(rule.position) else { return false }
      return !view.horizontals.contains { other in
        let isFurtherIn = edge == .top ? other.position > between.upperBound : other.position < between.lowerBound
        return isFurtherIn && abs(other.start - rule.start) <= Self.sameExtent
          && abs(other.end - rule.end) <= Self.sameExtent
      }
    }
  }

  /// Whether a number stands at one end by itself: `I.`, `3.1` and `(2)` number headings, and 2009 is a year.
  private func isNumbered(_ row: TextRow) -> Bool {
    guard row.size <= Self.largestWithNumber * bodySize else { return false }
    return [row.words.first, row.words.last].contains { word in
      guard let word, let number = PageNumberText.number(word.lowercased()) else { return false }
      return row.words.count > 1 && !PageNumberText.years.contains(number.value)
    }
  }
}

import DocumentModel

/// The rows of a page at which list items begin.
enum ListStarts {
  private static let sameMargin = 1.0  // em: markers of one list stand below each other
  private static let reach = 40  // candidates: how far a sibling is looked for
  private static let hang = 0.5  // em: following lines stand so far right of the marker
  private static let textSlack = 0.6  // em: they begin below the item's text

  /// - Returns: indices into `rows`.
  static func find(_ rows: [TextRow]) -> Set<Int> {
    var candidates: [(row: Int, marker: ListMarkerText)] = []
    for (index, row) in rows.enumerated() where !row.lines[0].isTurned {
      let words = row.words
      guard let first = words.first, let marker = ListMarkerText(first: first, isOnlyWord: words.count == 1) else {
        continue
      }
      if isHeading(row, next: index + 1 < rows.count ? rows[index + 1] : nil) { continue }
      candidates.append((index, marker))
    }
    var starts: Set<Int> = []
    for (position, candidate) in candidates.enumerated() {
      let row = rows[candidate.row]
      if !candidate.marker.needsCompany || hangs(row, rows, candidate.row) {
        starts.insert(candidate.row)
      }
      for other in candidates.dropFirst(position + 1).prefix(reach)
      where candidate.marker.isSibling(of: other.marker) && isBelow(row, rows[other.row]) {
        starts.insert(candidate.row)
        starts.insert(other.row)
        break
      }
    }
    return starts
  }

  private static let headingWords = 14
  private static let headingLetters = 4

  /// `II. RELATED WORK` above text: numbered, in capitals alone, and unlike what follows.
  private static func isHeading(_ row: TextRow, next: TextRow?) -> Bool {
    guard let next, row.words.count <= headingWords, HeadingRule.isNumbered(row.words),
      !HeadingRule.isNumbered(next.words)
    else { return false }
    let title = row.words.dropFirst()
    return isInCapitals(title) && title.reduce(0, { $0 + $1.count }) >= headingLetters && !isInCapitals(next.words[...])
  }

  private static func isInCapitals(_ words: ArraySlice<String>) -> Bool {
    words.allSatisfy { word in !word.unicodeScalars.contains { $0.isSmall } }
  }

  private static func isBelow(_ a: TextRow, _ b: TextRow) -> Bool {
    abs(a.lead - b.lead) <= sameMargin * max(a.size, b.size)
      || a.column != b.column && a.column != nil && b.column != nil
  }

  private static func hangs(_ row: TextRow, _ rows: [TextRow], _ index: Int) -> Bool {
    guard index + 1 < rows.count, rows[index + 1].column == row.column, !row.isRightToLeft else { return false }
    let next = rows[index + 1]
    let boxes = row.lines.flatMap(\.wordBoxes)
    guard boxes.count >= 2, next.baseline > row.baseline, next.baseline - row.baseline < 2 * row.size else {
      return false
    }
    return next.lead > row.lead + hang * row.size && abs(next.lead - boxes[1].left) <= textSlack * row.size
  }
}

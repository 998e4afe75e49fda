import DocumentModel

/// The rows of a page at which list items begin.
enum ListStarts {
  /// A row that begins as an item may.
  private struct Candidate {
    let row: Int
    let marker: ListMarkerText
    let isCapital: Bool

    /// A capital and a full stop begin a name, too: that they mark an item shows in the order of several alone.
    var isInitial: Bool { if case .letter(_, .dot) = marker { isCapital } else { false } }
  }

  private static let sameMargin = 1.0  // em: markers of one list stand below each other
  private static let reach = 40  // candidates: how far a sibling is looked for
  private static let hang = 0.5  // em: following lines stand so far right of the marker
  private static let textSlack = 0.6  // em: they begin below the item's text

  /// - Returns: indices into `rows`.
  ///
  /// - Parameter isRecognized: whether the words are a recogniser's, which has letters for bullets.
  static func find(_ rows: [TextRow], isRecognized: Bool) -> Set<Int> {
    var candidates: [Candidate] = []
    for (index, row) in rows.enumerated() where !row.lines[0].isTurned {
      let words = row.words
      guard let first = words.first,
        let marker = row.startsSmallNumber
          ? ListMarkerText(bare: first) : ListMarkerText(first: first, isOnlyWord: words.count == 1)
      else { continue }
      if !isRecognized, case .bullet(let sign) = marker, misread.contains(sign) { continue }
      if marker.countsSomething, words.count < 2 || words[1].first?.isNumber == true { continue }
      if isHeading(row, next: index + 1 < rows.count ? rows[index + 1] : nil) { continue }
      if marker.isClause, !opensClause(index, rows) { continue }
      candidates.append(
        Candidate(row: index, marker: marker, isCapital: first.unicodeScalars.first?.isCapital ?? false))
    }
    var starts = lettered(candidates, rows)
    for (position, candidate) in candidates.enumerated() {
      if candidate.isInitial { continue }
      let row = rows[candidate.row]
      if !candidate.marker.needsCompany || hangs(row, rows, candidate.row) || isAnnounced(candidate, rows) {
        starts.insert(candidate.row)
      }
      for other in candidates.dropFirst(position + 1).prefix(reach)
      where !other.isInitial && candidate.marker.isSibling(of: other.marker) && isBelow(row, rows[other.row]) {
        starts.insert(candidate.row)
        starts.insert(other.row)
        break
      }
    }
    return starts
  }

  /// The rows of lists that count in letters: `A.`, `B.` and so on, each behind the one before with no other between
  /// that stands below it.
  private static func lettered(_ candidates: [Candidate], _ rows: [TextRow]) -> Set<Int> {
    var runs: [[(row: Int, value: Int)]] = []
    var open: [Int] = []
    for candidate in candidates {
      guard candidate.isCapital, let value = candidate.marker.letterValue else { continue }
      let row = rows[candidate.row]
      let above = open.lastIndex { run in runs[run].last.map { isBelow(rows[$0.row], row) } ?? false }
      if let above, let last = runs[open[above]].last, value == last.value + 1 {
        runs[open[above]].append((candidate.row, value))
      } else {
        if let above { open.remove(at: above) }
        open.append(runs.count)
        runs.append([(candidate.row, value)])
        if open.count > openRuns { open.removeFirst() }
      }
    }
    return Set(runs.filter { $0.count >= ($0[0].value == 1 ? 2 : fewestLetters) }.joined().map(\.row))
  }

  private static let openRuns = 8  // lists in letters, one in the other
  private static let fewestLetters = 3  // of a list that goes on from elsewhere
  private static let misread: Set<Character> = ["e", "¢"]
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

  /// "… including:" above "(a) death or injury;": the first of a list whose others a page's end keeps away.
  private static func isAnnounced(_ candidate: Candidate, _ rows: [TextRow]) -> Bool {
    let row = rows[candidate.row]
    guard candidate.row > 0, candidate.marker.isFirst, row.words.count > 1, case let above = rows[candidate.row - 1],
      above.column == row.column
    else { return false }
    return above.words.last?.last == ":" && row.lead > above.lead + hang * row.size
  }

  private static let closeLeading = 1.5  // em between the baselines of one paragraph
  private static let headingSize = 1.1  // of the next row's
  private static let fullRow = 2.0  // em: what a ragged row may lack
  private static let conjunctions: Set<String> = ["and", "or", "und", "oder", "et", "ou", "e", "o", "y"]

  /// Whether a row with a number of several parts may begin a clause: words follow, and it is no wrapped line of prose
  /// ("as Section / 3.2 shows").
  private static func opensClause(_ index: Int, _ rows: [TextRow]) -> Bool {
    let row = rows[index]
    // All of it in bold, or larger than what follows: the number of a section, below which paragraphs are no item's.
    if row.isBold || index + 1 < rows.count && row.size > headingSize * rows[index + 1].size { return false }
    guard row.words.count > 1,
      row.words[1].unicodeScalars.first(where: { !clauseQuotes.contains($0) })?.properties.isAlphabetic == true
    else { return false }
    // A number that white parts from its text stands for itself.
    let cells = row.cells(gap: AlignedAreas.cellGap)
    if !row.isRightToLeft, cells.count > 1,
      cells[0].right < (row.lines.flatMap(\.wordBoxes).dropFirst().first?.left ?? 0)
    {
      return true
    }
    guard index > 0, case let above = rows[index - 1], above.column == row.column, above.block == row.block,
      row.baseline - above.baseline < closeLeading * row.size, row.baseline > above.baseline
    else { return true }
    guard let last = above.words.last, let end = last.last(where: { !closers.contains($0) }) else { return true }
    if stops.contains(end) || conjunctions.contains(last.lowercased()) { return true }
    let reach = rows[max(index - 3, 0)...min(index + 2, rows.count - 1)].filter { $0.column == row.column }.map(\.trail)
    return (reach.max() ?? above.trail) - above.trail > fullRow * row.size
  }

  private static let clauseQuotes: Set<Unicode.Scalar> = ["\"", "“", "„", "«", "‘", "'", "(", "["]
  private static let closers: Set<Character> = [")", "]", "\"", "”", "’", "»", "'"]
  private static let stops: Set<Character> = [".", ",", ";", ":", "!", "?", "–", "—"]

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

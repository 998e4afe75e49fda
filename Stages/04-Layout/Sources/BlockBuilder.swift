import DocumentModel

/// A block before it goes back to the page.
struct DraftBlock {
  var lines: [DraftLine]
  var box: BoundingBox
  let strip: BoundingBox?
  /// Whether it stands in the margin, beside the column that it is read in.
  var isNote = false
}

/// Gathers the rows of one piece into blocks by leading, size and rules.
enum BlockBuilder {
  private static let looseLeading = 1.3  // of the usual leading: more white ends a block
  private static let usualLeading = 1.2  // em: where the piece is too short to tell
  private static let sizeContrast = 1.25  // ratio: a heading's or a footnote's type is another block
  private static let ruleShare = 0.3  // of the rows' width: shorter rules are underlines

  static func blocks(of piece: PageCut.Piece, placed: [PlacedWord], rules: RuleIndex) -> [DraftBlock] {
    let rows = RowBuilder.rows(of: piece.segments)
    let leading = leading(of: rows)
    var blocks: [DraftBlock] = []
    var previous: Row?
    let local = localLeading(of: rows, usual: leading)
    for (index, row) in rows.enumerated() {
      let lines = LineBuilder.lines(of: row, placed: placed, rules: rules)
      if let previous, !parts(previous, row, leading: max(leading, local[index]), rules) {
        blocks[blocks.count - 1].lines += lines
        blocks[blocks.count - 1].box = blocks[blocks.count - 1].box.union(row.box)
      } else {
        blocks.append(DraftBlock(lines: lines, box: row.box, strip: piece.strip))
      }
      previous = row
    }
    return blocks
  }

  private static func parts(_ upper: Row, _ lower: Row, leading: Double, _ rules: RuleIndex) -> Bool {
    let large = max(upper.size, lower.size)
    let small = min(upper.size, lower.size)
    if large > sizeContrast * small { return true }
    if lower.baseline - upper.baseline > looseLeading * leading * large { return true }
    let a = upper.box
    let b = lower.box
    if a.horizontalOverlap(b) <= 0 { return true }
    return rules.hasHorizontal(
      between: upper.baseline, and: lower.baseline - 0.4 * lower.size, from: min(a.left, b.left),
      to: max(a.right, b.right), share: ruleShare)
  }

  /// The usual distance of baselines in ems: the one with the most letters, in steps of a twentieth.
  private static func leading(of rows: [Row]) -> Double {
    var letters = [Int](repeating: 0, count: 60)
    for (upper, lower) in zip(rows, rows.dropFirst())
    where max(upper.size, lower.size) < 1.1 * min(upper.size, lower.size) {
      let step = Int(((lower.baseline - upper.baseline) / max(upper.size, 1) * 20).rounded())
      if (17..<50).contains(step) { letters[step] += min(upper.letters, lower.letters) }
    }
    // Neighbouring steps vote together: OCR baselines wander.
    let best = (18..<49).max {
      sum(letters, $0) < sum(letters, $1) || (sum(letters, $0) == sum(letters, $1) && $0 > $1)
    }
    guard let best, sum(letters, best) > 0 else { return usualLeading }
    return max(Double(best) / 20, 1)
  }

  /// For each row, the middle of the distances around it in ems: a loosely set passage in a page set tight.
  private static func localLeading(of rows: [Row], usual: Double) -> [Double] {
    var distances = [Double](repeating: 0, count: rows.count)
    for index in rows.indices.dropFirst() {
      distances[index] =
        (rows[index].baseline - rows[index - 1].baseline) / max(rows[index].size, rows[index - 1].size, 1)
    }
    return rows.indices.map { index in
      let around = distances[min(max(index - reach, 1), rows.count)..<min(max(index + reach + 1, 1), rows.count)]
        .sorted()
      guard around.count >= leastDistances else { return usual }
      return min(around[around.count / 2], widestLeading)
    }
  }

  private static let reach = 3  // rows to both sides
  private static let leastDistances = 4  // fewer tell nothing of a passage's leading
  private static let widestLeading = 2.4  // em: double spacing and a little more

  private static func sum(_ letters: [Int], _ step: Int) -> Int {
    letters[step - 1] + letters[step] + letters[step + 1]
  }
}

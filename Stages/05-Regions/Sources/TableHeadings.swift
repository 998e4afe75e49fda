import DocumentModel

/// Finds the headings that stand right above tables and between them, so that no table reaches over one.
enum TableHeadings {
  private static let cellGap = 1.0  // em
  private static let larger = 1.15  // of the type of the rows beside it
  private static let largerMarked = 1.06  // the same where names in bold or a rule stand below
  private static let display = 1.2  // of the type beside it: needs neither bold nor capitals
  private static let white = 1.2  // of the distance of the rows above: groups of a table follow each other closer
  private static let leastWhite = 1.4  // em between baselines: more than lines of one title have
  private static let mostWords = 12
  private static let edge = 1.0  // em: how far right of the rows below it may begin

  /// - Parameter rows: upright ones in reading order.
  /// - Returns: indices of rows.
  static func find(_ rows: [TextRow], _ horizontals: [RulingLine]) -> Set<Int> {
    Set(rows.indices.filter { isHeading($0, of: rows, horizontals) })
  }

  private static func isHeading(_ index: Int, of rows: [TextRow], _ horizontals: [RulingLine]) -> Bool {
    let row = rows[index]
    let words = row.words
    guard index > 0, index + 1 < rows.count, words.count <= mostWords, row.cells(gap: cellGap).count == 1,
      words.contains(where: { $0.unicodeScalars.count(where: \.isLetter) >= 2 })
    else { return false }
    let (above, below) = (rows[index - 1], rows[index + 1])
    guard above.column == row.column, below.column == row.column, below.baseline > row.baseline,
      row.box.left <= below.box.left + edge * row.size
    else { return false }
    let ratio = row.size / max(above.size, below.size, 1)
    let isNamed = below.isBold && below.cells(gap: cellGap).count >= 2
    let isMarked = isNamed || isUnderlined(row, above: below, horizontals)
    guard ratio >= (isMarked ? largerMarked : larger), row.isBold || Capitals.areAll(words) || ratio >= display
    else { return false }
    let distance = row.baseline - above.baseline
    guard distance >= leastWhite * row.size else { return false }
    guard index > 1, case let step = above.baseline - rows[index - 2].baseline, step > 0 else { return true }
    return distance >= white * step
  }

  /// Whether a rule runs below the row, on beyond its words.
  private static func isUnderlined(_ row: TextRow, above below: TextRow, _ horizontals: [RulingLine]) -> Bool {
    horizontals.contains {
      $0.position > row.baseline && $0.position < below.box.midY && $0.start <= row.box.left + edge * row.size
        && $0.end >= row.box.right + edge * row.size && $0.end >= below.box.right - edge * row.size
    }
  }
}

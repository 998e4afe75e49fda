import DocumentModel

/// Tells the gutter between columns of text from the gap between columns of a table.
///
/// Text columns are filled with words, begin flush at the gutter and often do not share baselines; a table's cells are
/// short, numeric and level with their neighbours.
struct GutterJudge {
  let left: ColumnSide
  let right: ColumnSide
  let corridor: BoundingBox
  /// Whether a drawn line runs along the corridor.
  let ruled: Bool

  private static let proseWords = 4  // words in the usual row
  private static let proseLetters = 20  // letters: long words or a script without spaces
  private static let proseFill = 0.6  // of the column's width
  private static let flush = 0.5  // share of rows: indents and short lines are the rest
  private static let tallRows = 14  // rows: no river of word spaces runs through so many
  private static let tallFlush = 0.2  // share of rows there: lists are indented all the way down
  private static let barWidth = 3.0  // em: white between a side-bar and the text
  private static let indexRows = 12  // rows: no unruled table of text is often so long and so evenly wide
  private static let labels = 0.5  // share of rows that end in a colon: labels of a form, with empty lines between
  private static let labelled = 0.5  // share of those with a row beside them
  private static let sparse = 0.6  // of the other side's rows
  private static let sizeContrast = 1.12  // ratio: a side-bar's type is visibly smaller

  var isGutter: Bool {
    if left.labelShare >= Self.labels, left.levelShare(with: right) >= Self.labelled { return false }
    let rows = min(left.rows.count, right.rows.count)
    guard rows >= 3, left.medianLetters >= 6, right.medianLetters >= 6, isFlush || isOpposed else {
      return false
    }
    if ruled { return left.medianLetters >= 10 && right.medianLetters >= 10 }
    guard rows >= 4 else { return false }
    if isLevel, isSparse(left) || isSparse(right) { return false }
    if isProse(left), isProse(right) { return rows >= 7 || isWide }
    let digits = max(left.digitShare, right.digitShare)
    if !isLevel, left.medianLetters >= 8, right.medianLetters >= 8, digits < 0.4 { return rows >= 7 || isWide }
    if sizesDiffer, !isLevel, isProse(left) || isProse(right), digits < 0.3 { return true }
    return rows >= Self.indexRows && digits < 0.3 && left.medianLetters >= 12 && right.medianLetters >= 12
      && max(left.width, right.width) < 1.35 * min(left.width, right.width)
  }

  private var em: Double { max(left.size, right.size) }
  private var isWide: Bool { corridor.width >= 1.2 * em }
  private var sizesDiffer: Bool { max(left.size, right.size) > Self.sizeContrast * min(left.size, right.size) }

  /// What of the corridor parts its sides: beside a block at the other edge of the page no more than the two blocks reach
  /// over, for what stands below goes on from neither.
  var extent: BoundingBox {
    guard !isFlush, let first = left.rows.last?.baseline, let second = right.rows.last?.baseline else {
      return corridor
    }
    var end = min(first, second)
    for row in first < second ? right.rows : left.rows
    where row.baseline > end && row.baseline - end <= Self.passageLeading * em { end = row.baseline }
    let bottom = min(corridor.bottom, end + Self.below * em)
    return bottom > corridor.top
      ? BoundingBox(left: corridor.left, top: corridor.top, right: corridor.right, bottom: bottom) : corridor
  }

  private static let below = 0.3  // em below a baseline
  private static let compact = 0.8  // of a row's width that words cover: cells of a table leave more white

  /// Rows that begin alike, and beyond much white rows that end alike, none of which has cells; what is typed, as the head
  /// of a memo, stays as it is.
  private var isOpposed: Bool {
    corridor.width >= Self.barWidth * em && !isLevel && !left.isMonospaced && !right.isMonospaced
      && left.commonStartShare >= Self.flush
      && right.commonEndShare >= Self.flush
      && right.rows.allSatisfy { $0.covered >= Self.compact * ($0.right - $0.left) }
  }

  /// Rows begin at the corridor's right edge, or all end at its left edge (right-to-left columns); beside a wide corridor
  /// signs may stand out of a column.
  private var isFlush: Bool {
    let isTall = min(left.rows.count, right.rows.count) >= Self.tallRows
    if isTall, corridor.width >= Self.barWidth * em, right.commonStartShare >= Self.flush { return true }
    let least = isTall ? Self.tallFlush : Self.flush
    return right.flushShare(left: corridor.right) >= least || left.flushShare(right: corridor.left) >= least
  }

  private var isLevel: Bool {
    let fewer = left.rows.count <= right.rows.count ? left.levelShare(with: right) : right.levelShare(with: left)
    return fewer >= 0.65
  }

  /// A column of text has a row nearly everywhere as far as it goes, a column that ends early too; a column of labels
  /// has one for each group of rows beside it.
  private func isSparse(_ side: ColumnSide) -> Bool {
    guard let first = side.rows.first, let last = side.rows.last else { return true }
    let (top, bottom) = (first.baseline - em, last.baseline + em)
    func count(_ rows: [ColumnSide.Row]) -> Int { rows.count { $0.baseline >= top && $0.baseline <= bottom } }
    let beside = max(count(left.rows), count(right.rows))
    return Double(side.rows.count) < Self.sparse * Double(beside) && !hasPassage(side)
  }

  /// Whether text runs on through rows as no label does; pictures and formulas make a column of text poor in rows.
  private func hasPassage(_ side: ColumnSide) -> Bool {
    guard isProse(side) else { return false }
    var run = 1
    for (upper, lower) in zip(side.rows, side.rows.dropFirst()) {
      run = lower.baseline - upper.baseline <= Self.passageLeading * side.size ? run + 1 : 1
      if run >= Self.passage { return true }
    }
    return false
  }

  private static let passage = 7  // rows: longer than the cell of a table usually is
  private static let passageLeading = 1.7  // em between rows of a passage

  private func isProse(_ side: ColumnSide) -> Bool {
    (side.medianWords >= Self.proseWords || side.medianLetters >= Self.proseLetters) && side.fill >= Self.proseFill
      && side.digitShare < 0.3
  }
}

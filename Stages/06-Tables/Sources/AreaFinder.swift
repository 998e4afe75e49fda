import DocumentModel

/// Finds stretches of a page whose rows keep to common white corridors.
struct AreaFinder {
  let rules: [RuleEdge]
  let wordGap: Double

  private static let valueReach = 3.0  // ems of white between two rows of one table: a blank line and its leading
  private static let labelReach = 2.0  // ems of white above a row with a single phrase
  private static let headingReach = 1.5  // ems of white below a heading over few columns
  private static let mostLabels = 3  // rows with a single phrase in succession
  private static let leastGap = 0.3  // ems: what must remain of a corridor
  private static let proseWords = 9  // words in one phrase: a line of running text
  private static let proseWidth = 0.7  // of the area's width

  /// - Parameter words: of the page or of one of its columns.
  /// - Returns: the areas' boxes, from top to bottom.
  func areas(_ words: [TableWord]) -> [BoundingBox] {
    let rows = TextRow.rows(of: words, wordGap: wordGap)
    var areas: [BoundingBox] = []
    var next = 0
    while next < rows.count {
      guard rows[next].phrases.count > 1, !CaptionWords.begin(rows[next]), let run = run(rows, from: next) else {
        next += 1
        continue
      }
      let start = withHeader(rows, run, from: next)
      if let box = rows[start...run.upperBound].map(\.box).union() { areas.append(box) }
      next = run.upperBound + 1
    }
    return areas
  }

  private func run(_ rows: [TextRow], from first: Int) -> ClosedRange<Int>? {
    let em = max(rows[first].size, 1)
    var gaps = Self.gaps(rows[first])
    var (left, right) = (rows[first].box.left, rows[first].box.right)
    var last = first
    var members = 1
    var labels = 0
    var strangers = 0
    var widest = 0.0  // white between two rows
    for index in (first + 1)..<max(rows.count, first + 1) {
      let row = rows[index]
      if CaptionWords.begin(row) { break }
      let white = row.box.top - rows[index - 1].box.bottom
      guard row.phrases.count > 1 else {
        labels += 1
        let isProse = row.words.count >= Self.proseWords && row.box.width > Self.proseWidth * (right - left)
        if white > Self.labelReach * em || labels > Self.mostLabels || isProse { break }
        continue
      }
      guard white <= Self.valueReach * em else { break }
      if members >= Self.leastItems, white <= widest + Self.sumGap * em, Self.isSum(row, left: left, right: right) {
        (last, labels) = (index, 0)
        continue
      }
      let common = Self.common(gaps, Self.gaps(row), least: Self.leastGap * em)
      if common.isEmpty || (members >= 3 && common.count * 2 < gaps.count) {
        strangers += 1
        if members == 1 || strangers > 1 { break }
        continue
      }
      gaps = common
      (left, right) = (min(left, row.box.left), max(right, row.box.right))
      (last, labels, strangers) = (index, 0, 0)
      widest = max(widest, white)
      members += 1
    }
    return members >= 3 || (members == 2 && rows[first...last].contains { $0.phrases.contains(where: \.isNumeric) })
      ? first...withTail(rows, last, em: em) : nil
  }

  private static let leastItems = 3  // rows above a sum: names and two items
  private static let sumIndent = 0.25  // of the width: the name of a sum stands before it
  private static let sumGap = 0.5  // ems more than between the rows: sums set apart are a block of their own
  private static let sumEdge = 0.15  // ems: sums end where the amounts do

  /// Whether a row holds nothing but a sum, which ends where the rows do, and its name, which keeps to no gaps.
  private static func isSum(_ row: TextRow, left: Double, right: Double) -> Bool {
    guard row.phrases.count == 2, let sum = row.phrases.last, sum.isNumeric, !row.phrases[0].isNumeric,
      row.phrases[0].words.count < proseWords
    else { return false }
    return abs(sum.box.right - right) <= sumEdge * max(row.size, 1)
      && row.phrases[0].box.left - left >= sumIndent * (right - left)
  }

  /// Lines that only carry on the last row's text.
  private func withTail(_ rows: [TextRow], _ last: Int, em: Double) -> Int {
    var end = last
    while end + 1 < rows.count, end - last < 3 {
      let row = rows[end + 1]
      let isClose = row.box.top - rows[end].box.bottom < 0.5 * em
      let isRuled = rules.contains {
        $0.position > rows[end].box.midY && $0.position < row.box.midY && $0.length > row.box.width
      }
      let goesOn = row.words.first?.text.unicodeScalars.first?.isSmall ?? false
      guard isClose, !isRuled, goesOn, row.phrases.count == 1, row.words.count < Self.proseWords else { break }
      end += 1
    }
    return end
  }

  private static let sumStep = 1.3  // of the distance of the last two rows

  /// An area with the sums right below its last rule.
  func areaWithSums(_ area: BoundingBox, words: [TableWord], below: [TableWord]) -> BoundingBox {
    let rows = TextRow.rows(of: words, wordGap: wordGap)
    guard rows.count > 1, var last = rows.last, let box = rows.map(\.box).union() else { return area }
    let step = last.box.midY - rows[rows.count - 2].box.midY
    var bottom = area.bottom
    for row in TextRow.rows(of: below, wordGap: wordGap) {
      guard row.box.midY - last.box.midY <= Self.sumStep * step, Self.isSum(row, left: box.left, right: box.right)
      else { break }
      (last, bottom) = (row, row.box.bottom + 1)
    }
    return BoundingBox(left: area.left, top: area.top, right: area.right, bottom: bottom)
  }

  /// An area with the rows above it that name its columns; nil where there are none.
  func areaWithHeader(_ area: BoundingBox, words: [TableWord]) -> BoundingBox? {
    let rows = TextRow.rows(of: words, wordGap: wordGap)
    let first = rows.partitioningIndex { $0.box.midY >= area.top }
    let last = rows.partitioningIndex { $0.box.midY > area.bottom }
    guard first > 0, first < last else { return nil }
    let start = withHeader(rows, first...(last - 1), from: first)
    guard start < first, let box = rows[start..<first].map(\.box).union() else { return nil }
    return area.union(box.insetBy(-0.5))
  }

  /// Takes in the rows above that name the columns.
  private func withHeader(_ rows: [TextRow], _ run: ClosedRange<Int>, from first: Int) -> Int {
    guard let box = rows[run].map(\.box).union() else { return first }
    let em = max(rows[first].size, 1)
    var start = first
    while start > 0, first - start < 8 {
      let row = rows[start - 1]
      let below = rows[start]
      let isWithin = row.box.left >= box.left - em && row.box.right <= box.right + em
      let reach = row.phrases.count > 2 ? Self.valueReach : Self.headingReach
      guard below.box.top - row.box.bottom <= reach * em, isWithin, !CaptionWords.begin(row) else { break }
      // Above a rule over the whole width stands the title or the text before the table.
      let hasTopRule = rules.contains {
        $0.position > row.box.midY && $0.position < below.box.midY && $0.start <= box.left + em
          && $0.end >= box.right - em
      }
      if hasTopRule, start < first || !hasValues(rows[run]) { break }
      if row.phrases.count == 1, row.box.width > Self.proseWidth * box.width || row.box.left < box.left + em,
        row.words.count >= 4
      {
        guard isLabel(start - 1, under: start - 2, of: rows, within: box) else { break }
        start -= 1
      }
      start -= 1
    }
    // A lone line over the first column that nothing there carries on is a heading of the text.
    while start < first, rows[start].phrases.count == 1, rows[start].box.left < box.left + em,
      rows[start + 1].box.left > rows[start].box.right || rows[start + 1].box.left > box.left + em
    { start += 1 }
    return start
  }

  private static let leastNames = 3

  /// Whether a row is the label of the first group of rows: right above it stand the names of the columns, in which
  /// there are no numbers, over the gaps of the row below.
  private func isLabel(_ label: Int, under names: Int, of rows: [TextRow], within box: BoundingBox) -> Bool {
    guard names >= 0, rows[label].phrases.count == 1 else { return false }
    let (head, em) = (rows[names], max(rows[label].size, 1))
    let gaps = Self.gaps(rows[label + 1])
    return head.phrases.count >= Self.leastNames && !head.phrases.contains(where: \.isNumeric)
      && !CaptionWords.begin(head) && rows[label].words.count < Self.proseWords
      && rows[label].box.top - head.box.bottom <= Self.headingReach * em
      && head.box.left >= box.left - em && head.box.right <= box.right + em
      && 2 * Self.common(gaps, Self.gaps(head), least: Self.leastGap * em).count > gaps.count
  }

  private static let rowReach = 2.0  // ems: how far the lines of one row's cells may be apart

  /// Whether the first row of an area holds a number: one that stands in the middle of its row is a line of its own.
  private func hasValues(_ rows: ArraySlice<TextRow>) -> Bool {
    guard let first = rows.first else { return false }
    let below = rules.lazy.map(\.position).filter { $0 > first.box.midY }.min() ?? first.box.bottom
    let end = min(below, first.box.bottom + Self.rowReach * first.size)
    return rows.prefix { $0.box.midY < max(end, first.box.bottom) }.contains { $0.phrases.contains(where: \.isNumeric) }
  }

  private static func gaps(_ row: TextRow) -> [ClosedRange<Double>] {
    zip(row.phrases, row.phrases.dropFirst()).compactMap { left, right in
      left.box.right < right.box.left ? left.box.right...right.box.left : nil
    }
  }

  /// The common parts of two ascending lists of gaps.
  private static func common(_ a: [ClosedRange<Double>], _ b: [ClosedRange<Double>], least: Double) -> [ClosedRange<
    Double
  >] {
    var result: [ClosedRange<Double>] = []
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      let low = max(a[i].lowerBound, b[j].lowerBound)
      let high = min(a[i].upperBound, b[j].upperBound)
      if high - low >= least { result.append(low...high) }
      if a[i].upperBound < b[j].upperBound { i += 1 } else { j += 1 }
    }
    return result
  }
}

import DocumentModel

/// Candidates for tables by white space: rows one below the other whose gaps line up.
enum AlignedAreas {
  static let cellGap = 1.0  // em: wider than any word space but a stretched one
  private static let leastRows = 3
  private static let commonGap = 0.7  // of the parted rows: how many share a gap
  private static let crossed = 0.25  // of the rows: headings and notes may run across a gap
  private static let mostSingles = 2  // rows in a row without a gap: a cell's second and third line
  private static let mostAligned = 8  // the same where they begin as a cell above them does
  private static let tailGap = 1.3  // of the distance of most rows
  private static let largestHead = 1.3  // of the rows' size: a title's last line may stand above their later cells
  private static let widestLeading = 2.6  // em between baselines within a table

  /// - Parameter rows: in reading order, furniture left out.
  /// - Parameter headings: indices of rows that no table reaches over.
  static func areas(_ rows: [TextRow], headings: Set<Int>) -> [TableArea] {
    var areas: [TableArea] = []
    var run: [(row: TextRow, cells: [BoundingBox])] = []
    var singles = 0
    var heads: [(row: TextRow, cells: [BoundingBox])] = []  // single cells right above a run
    func close() {
      while let last = run.last, last.cells.count < 2, !isTail(last, of: run.dropLast()) { run.removeLast() }
      if let area = area(run) { areas.append(area) }
      (run, singles, heads) = ([], 0, [])
    }
    for (index, row) in rows.enumerated() {
      let cells = cells(of: row)
      if CaptionText(row.words)?.isMarked == true || headings.contains(index) {
        close()
        continue
      }
      if let last = (run.last ?? heads.last)?.row, !follows(row, last) { close() }
      // A line in larger type names what comes below it.
      if cells.count == 1, let last = run.last?.row, row.size > largestHead * last.size { close() }
      if cells.count >= 2 {
        if run.isEmpty, cells.count >= 3 {
          run = heads.filter { hangs($0.cells, cells) && $0.row.size <= largestHead * row.size }
        }
        singles = 0
      } else if run.isEmpty {
        heads = heads.suffix(1) + [(row, cells)]
        continue
      } else {
        singles += 1
        let limit =
          run.suffix(mostAligned + 1).contains { isAligned(cells, with: $0.cells) } ? mostAligned : mostSingles
        if singles > limit || isSentence(row) {
          close()
          continue
        }
      }
      run.append((row, cells))
    }
    close()
    return areas
  }

  /// What white space parts; the number of a heading or a clause is no cell, nor are the words of a line that is stretched.
  static func cells(of row: TextRow) -> [BoundingBox] {
    let cells = row.cells(gap: cellGap)
    if cells.count > 1, isStretched(row) { return [row.box] }
    guard cells.count == 2, row.isBold && HeadingRule.isNumbered(row.words) || isClause(row) else { return cells }
    let second = row.lines.flatMap(\.wordBoxes).map(\.left).sorted()[1]
    return second >= cells[1].left ? [cells[0].union(cells[1])] : cells
  }

  private static let leastClause = 5  // words behind the number: fewer may name what a row of a table tells

  /// "3.2   The Supplier shall:" or more: a number of several parts and a text.
  private static func isClause(_ row: TextRow) -> Bool {
    guard let first = row.words.first, let end = row.words.last?.last,
      row.words.count > leastClause || row.words.count > 2 && ".:;".contains(end)
    else { return false }
    return ListMarkerText(first: first, isOnlyWord: false)?.isClause == true
  }

  /// Whether the words of a row are of many widths and equally far apart: a line of a narrow column, justified. Cells stand
  /// where their columns do, so the white between them is what their words leave.
  static func isStretched(_ row: TextRow) -> Bool {
    let boxes = row.lines.flatMap(\.wordBoxes).sorted { ($0.left, $0.right) < ($1.left, $1.right) }
    guard boxes.count >= leastStretched,
      row.words.count(where: { $0.contains(where: \.isLetter) }) * 3 >= boxes.count * 2
    else { return false }
    let gaps = zip(boxes, boxes.dropFirst()).map { $1.left - $0.right }
    let slack = stretchSlack * row.size
    guard let least = gaps.min(), let most = gaps.max(), most - least <= slack, most <= widestStretch * row.size else {
      return false
    }
    var widths = 1
    let sorted = boxes.map(\.width).sorted()
    for (a, b) in zip(sorted, sorted.dropFirst()) where b - a > slack { widths += 1 }
    return widths >= leastWidths
  }

  private static let leastStretched = 4  // words: three are equally far apart by chance
  private static let stretchSlack = 0.12  // of the size: what recognition and rounding waver by
  private static let widestStretch = 4.0  // of the size: four words of a column that holds seven
  private static let leastWidths = 3  // that cells of "yes" and "no" have not

  private static func follows(_ row: TextRow, _ last: TextRow) -> Bool {
    row.column == last.column && row.baseline > last.baseline
      && row.baseline - last.baseline <= widestLeading * max(row.size, last.size) && !row.lines[0].isTurned
  }

  /// Whether the one cell begins where a later cell of the other row does.
  private static func isAligned(_ single: [BoundingBox], with cells: [BoundingBox]) -> Bool {
    guard let cell = single.first, cells.count >= 2 else { return false }
    return cells.dropFirst().contains { abs($0.left - cell.left) <= 2 }  // points: set from one margin
  }

  /// The second line of the last row: short, close, and at the place of a later cell.
  private static func isTail(
    _ last: (row: TextRow, cells: [BoundingBox]), of run: ArraySlice<(row: TextRow, cells: [BoundingBox])>
  ) -> Bool {
    guard let above = run.last(where: { $0.cells.count >= 2 }), hangs(last.cells, above.cells),
      let cell = last.cells.first
    else { return false }
    // A heading in the middle of the page stands below some cell too, but apart.
    let distances = zip(run, run.dropFirst()).map { $1.row.baseline - $0.row.baseline }.sorted()
    if let usual = distances.isEmpty ? nil : distances[distances.count / 2],
      last.row.baseline - above.row.baseline > tailGap * usual
    {
      return false
    }
    let slack = 0.6 * last.row.size
    return last.row.baseline - above.row.baseline < 3 * last.row.size
      && above.cells.dropFirst().contains { abs($0.left - cell.left) <= slack || abs($0.midX - cell.midX) <= slack }
  }

  /// A row of one cell that begins where no first cell does: the second line of a later cell.
  private static func hangs(_ cells: [BoundingBox], _ first: [BoundingBox]?) -> Bool {
    guard let cell = cells.first, let first, first.count >= 2 else { return false }
    return cells.count == 1 && cell.left > first[0].right
  }

  /// Prose that follows a table at its own leading.
  private static func isSentence(_ row: TextRow) -> Bool { row.words.count >= 9 }

  private static func area(_ run: [(row: TextRow, cells: [BoundingBox])]) -> TableArea? {
    let parted = run.filter { $0.cells.count >= 2 }
    guard parted.count >= leastRows || parted.count == 2 && parted.allSatisfy({ $0.cells.count >= 4 }),
      Double(parted.count) >= leastParted(run) * Double(run.count), !isMath(run.map(\.row)), sharesGap(run),
      !isContents(parted), !isProse(parted)
    else { return nil }
    return run.lazy.map(\.row.box).union().map { TableArea(box: $0, confidence: .alignedCells) }
  }

  /// Half the rows; fewer where the others begin below a later cell.
  private static func leastParted(_ run: [(row: TextRow, cells: [BoundingBox])]) -> Double {
    let singles = run.filter { $0.cells.count < 2 }
    guard let model = run.max(by: { $0.cells.count < $1.cells.count }) else { return 0.5 }
    return singles.allSatisfy { isAligned($0.cells, with: model.cells) } ? 0.15 : 0.5
  }

  /// The pieces of a display formula line up like cells.
  private static func isMath(_ rows: [TextRow]) -> Bool {
    2 * rows.count(where: RowKind.isMathematical) >= rows.count
  }

  /// Whether rows between two rules stand in cells, most of them one line high.
  static func areCells(_ rows: [TextRow]) -> Bool {
    let run = rows.map { (row: $0, cells: cells(of: $0)) }
    let parted = run.count { $0.cells.count >= 2 }
    return rows.count >= 2 && (2 * parted >= rows.count || parted >= 3 && sharesGap(run))
  }

  /// Whether some place is white in most rows: gaps open and close along x, words run across.
  private static func sharesGap(_ run: [(row: TextRow, cells: [BoundingBox])]) -> Bool {
    var edges: [(x: Double, gap: Int, across: Int)] = []
    var parted = 0
    for (_, cells) in run {
      if cells.count >= 2 { parted += 1 }
      for (a, b) in zip(cells, cells.dropFirst()) { edges += [(a.right, 1, 0), (b.left, -1, 0)] }
      for cell in cells { edges += [(cell.left, 0, 1), (cell.right, 0, -1)] }
    }
    edges.sort { ($0.x, $0.gap, $0.across) < ($1.x, $1.gap, $1.across) }
    var gaps = 0
    var across = 0
    for (position, edge) in edges.enumerated() {
      gaps += edge.gap
      across += edge.across
      let isWide = position + 1 < edges.count && edges[position + 1].x - edge.x > 0.5
      if isWide, Double(gaps) >= commonGap * Double(parted), Double(across) <= crossed * Double(run.count),
        linesUp(run, at: (edge.x + edges[position + 1].x) / 2)
      {
        return true
      }
    }
    return false
  }

  /// Whether the cells right of a gap begin or stand centred at one place, or are numbers that end at one; the right
  /// margin of justified prose is no such place.
  private static func linesUp(_ run: [(row: TextRow, cells: [BoundingBox])], at x: Double) -> Bool {
    var cells: [(box: BoundingBox, isNumber: Bool)] = []
    for (row, boxes) in run where boxes.count >= 2 {
      guard let cell = boxes.first(where: { $0.left >= x }) else { continue }
      let words = row.lines.flatMap { zip($0.wordBoxes, $0.wordsByPlace) }.filter {
        cell.contains($0.0, tolerance: 0.5)
      }
      let digits = words.contains { $0.1.contains(where: \.isNumber) }
      cells.append((cell, digits && words.count <= 3))
    }
    guard cells.count >= 2 else { return false }
    let slack = 0.5 * (run.first?.row.size ?? 10)
    func agree(_ places: [Double]) -> Bool {
      let sorted = places.sorted()
      let middle = sorted[sorted.count / 2]
      return Double(sorted.count { abs($0 - middle) <= slack }) >= agreement * Double(cells.count)
    }
    let numbers = cells.filter(\.isNumber)
    return agree(cells.map(\.box.left)) || agree(cells.map(\.box.midX))
      || !numbers.isEmpty && agree(numbers.map(\.box.right)) && 2 * numbers.count >= cells.count
  }

  private static let agreement = 0.6  // of the cells beside a gap

  /// Titles with page numbers at the right edge that never fall: a table of contents.
  private static func isContents(_ rows: [(row: TextRow, cells: [BoundingBox])]) -> Bool {
    guard rows.count >= leastRows, rows.allSatisfy({ $0.cells.count <= 3 }) else { return false }
    let numbers = rows.compactMap { $0.row.words.last.flatMap { PageNumberText.number($0)?.value } }
    let worded = rows.count {
      $0.row.words.dropLast().contains { $0.unicodeScalars.count { $0.isLetter } >= 3 }
    }
    return numbers.count == rows.count && worded == rows.count
      && zip(numbers, numbers.dropFirst()).allSatisfy { $0 <= $1 }
      && Set(numbers).count * 2 > numbers.count
  }

  /// Two long cells in nearly every row: text columns that the layout did not part.
  private static func isProse(_ rows: [(row: TextRow, cells: [BoundingBox])]) -> Bool {
    let long = rows.count { $0.cells.count == 2 && $0.row.words.count >= 14 }
    return 4 * long >= 3 * rows.count
  }
}

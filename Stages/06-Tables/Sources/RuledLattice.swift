import DocumentModel

/// The grid that a net of ruling lines spans: its lines, and which stretches of them are drawn.
struct RuledLattice {
  /// y of the grid's horizontal lines.
  let ys: [Double]
  /// x of its vertical lines.
  let xs: [Double]
  /// Whether line `xs[i]` is drawn beside row `r`: `[r * xs.count + i]`.
  private var isDrawnBeside: [Bool]
  /// Whether line `ys[j]` is drawn along column `c`: `[j * (xs.count - 1) + c]`.
  private var isDrawnAlong: [Bool]

  private static let leastColumn = 6.0  // points: a digit with its side bearings; double rules stand closer
  private static let drawnShare = 0.6  // of a place's side: below it a rule only passes by

  /// - Parameter leastRow: points; grid lines closer than this are one line, printed twice.
  init?(_ net: RuleNet, leastRow: Double) {
    // Rules that run on past the last crossing one bound a row or column of their own: an open side.
    let outline = net.box
    ys = Self.lines(net.horizontals.map(\.position) + [outline.top, outline.bottom], apart: leastRow)
    xs = Self.lines(net.verticals.map(\.position) + [outline.left, outline.right], apart: Self.leastColumn)
    guard ys.count >= 2, xs.count >= 2, ys.count <= GridDraft.rowLimit + 1, xs.count <= GridDraft.columnLimit + 1 else {
      return nil
    }
    isDrawnBeside = Self.drawn(net.verticals, lines: xs, across: ys)
    isDrawnAlong = Self.drawn(net.horizontals, lines: ys, across: xs, isTransposed: true)
  }

  /// Grid lines from edges' places: those closer than `apart` become one.
  private static func lines(_ places: [Double], apart: Double) -> [Double] {
    var lines: [Double] = []
    var members = 0.0
    var first = -Double.infinity
    for place in places.sorted() {
      if let last = lines.last, place - first < apart {
        members += 1
        lines[lines.count - 1] = last + (place - last) / members
      } else {
        lines.append(place)
        members = 1
        first = place
      }
    }
    return lines
  }

  /// For each stretch between neighbouring `across` whether the line is drawn there.
  private static func drawn(_ edges: [RuleEdge], lines: [Double], across: [Double], isTransposed: Bool = false)
    -> [Bool]
  {
    let stretches = across.count - 1
    var covered = [Double](repeating: 0, count: stretches * lines.count)
    for edge in edges {
      let line = nearest(edge.position, in: lines)
      var stretch = GridDraft.band(of: edge.start, in: across)
      while stretch < stretches, across[stretch] < edge.end {
        let length = min(edge.end, across[stretch + 1]) - max(edge.start, across[stretch])
        covered[isTransposed ? line * stretches + stretch : stretch * lines.count + line] += max(0, length)
        stretch += 1
      }
    }
    return covered.indices.map { index in
      let stretch = isTransposed ? index % stretches : index / lines.count
      return covered[index] >= drawnShare * (across[stretch + 1] - across[stretch])
    }
  }

  private static func nearest(_ place: Double, in lines: [Double]) -> Int {
    let next = lines.partitioningIndex { $0 >= place }
    if next == 0 { return 0 }
    if next == lines.count { return next - 1 }
    return lines[next] - place < place - lines[next - 1] ? next : next - 1
  }

  private static let clearGap = 1.2  // ems of white about the place where a line should be
  private static let clearRows = 3  // rows with words on both sides of it
  private static let clearShare = 0.8  // of the rows that have words on both sides or across

  /// Draws a vertical line on through rows that only lack it: where it stands in other rows and the words keep off it.
  ///
  /// - Parameter words: those within the lattice.
  mutating func drawThrough(_ words: [TableWord]) {
    let rows = ys.count - 1
    var inRow = [[TableWord]](repeating: [], count: rows)
    for word in words { inRow[GridDraft.band(of: word.box.midY, in: ys)].append(word) }
    for line in xs.indices.dropFirst().dropLast() {
      let open = (0..<rows).filter { !isDrawnBeside[$0 * xs.count + line] }
      guard !open.isEmpty, open.count < rows else { continue }
      let x = xs[line]
      var clear: [Int] = []
      var crossed = 0
      for row in open {
        // What stands in the two columns that the line would part.
        let near = inRow[row].filter { $0.box.right > xs[line - 1] && $0.box.left < xs[line + 1] }
        if near.contains(where: { $0.box.left < x - 1 && $0.box.right > x + 1 }) {
          crossed += 1
          continue
        }
        if Self.isColumn(near, from: x) {
          isDrawnBeside[row * xs.count + line] = true
          continue
        }
        guard let left = near.filter({ $0.box.midX < x }).map(\.box.right).max(),
          let right = near.filter({ $0.box.midX > x }).map(\.box.left).min()
        else { continue }
        if right - left >= Self.clearGap * (near.map(\.size).max() ?? 10) { clear.append(row) } else { crossed += 1 }
      }
      guard clear.count >= Self.clearRows,
        Double(clear.count) >= Self.clearShare * Double(clear.count + crossed)
      else { continue }
      for row in clear { isDrawnBeside[row * xs.count + line] = true }
    }
  }

  private static let alongShare = 0.5  // of the columns

  /// Draws a horizontal line on through columns that only lack it, as faint ink does: where it is drawn in most, and the
  /// words on both its sides are values that stand one to a row.
  ///
  /// - Parameter words: those within the lattice.
  mutating func drawAlong(_ words: [TableWord]) {
    let columns = xs.count - 1
    var inPlace: [Int: [TableWord]] = [:]
    for word in words {
      inPlace[
        GridDraft.band(of: word.box.midY, in: ys) * columns + GridDraft.band(of: word.box.midX, in: xs), default: []
      ]
      .append(word)
    }
    for line in ys.indices.dropFirst().dropLast() {
      let open = (0..<columns).filter { !isDrawnAlong[line * columns + $0] }
      guard !open.isEmpty, Double(columns - open.count) >= Self.alongShare * Double(columns) else { continue }
      for column in open {
        let above = inPlace[(line - 1) * columns + column] ?? []
        let below = inPlace[line * columns + column] ?? []
        if Self.isValue(above), Self.isValue(below), above.allSatisfy({ $0.box.bottom <= ys[line] + 1 }),
          below.allSatisfy({ $0.box.top >= ys[line] - 1 })
        {
          isDrawnAlong[line * columns + column] = true
        }
      }
    }
  }

  /// Whether words are one line of numbers.
  private static func isValue(_ words: [TableWord]) -> Bool {
    words.contains { $0.value == .number } && words.allSatisfy { $0.value != .text }
      && TextRow.rows(of: words, wordGap: .infinity).count == 1
  }

  private static let columnLines = 3
  private static let commonEdge = 0.8  // points
  private static let edgeWhite = 1.5  // ems from the line to the words beside it

  /// Whether words right of a line that none crosses stand at one left edge, line below line, beside others.
  private static func isColumn(_ words: [TableWord], from x: Double) -> Bool {
    var starts: [Double] = []
    var isBeside = false
    for line in TextRow.rows(of: words, wordGap: .infinity) {
      guard let first = line.words.first(where: { $0.box.midX > x }) else { continue }
      starts.append(first.box.left)
      guard first.box.left - x <= edgeWhite * first.size else { return false }
      isBeside = isBeside || line.words.contains { $0.box.midX < x }
    }
    guard let least = starts.min(), let most = starts.max() else { return false }
    return starts.count >= columnLines && isBeside && most - least <= commonEdge
  }

  /// Places with no rule between them, joined.
  ///
  /// The outermost lines part nothing: they may be missing.
  func grid() -> GridDraft? {
    let rows = ys.count - 1
    let columns = xs.count - 1
    var places = DisjointSets(count: rows * columns)
    for row in 0..<rows {
      for column in 0..<columns {
        let place = row * columns + column
        if column + 1 < columns, !isDrawnBeside[row * xs.count + column + 1] { places.unite(place, place + 1) }
        if row + 1 < rows, !isDrawnAlong[(row + 1) * columns + column] { places.unite(place, place + columns) }
      }
    }
    let groups = (0..<(rows * columns)).map { places.root($0) }
    // A line that parts no two places is none: an underline, or a stroke that only passes by.
    let parting = (
      rows: (0..<rows).filter { row in
        row == 0 || (0..<columns).contains { groups[(row - 1) * columns + $0] != groups[row * columns + $0] }
      },
      columns: (0..<columns).filter { column in
        column == 0 || (0..<rows).contains { groups[$0 * columns + column - 1] != groups[$0 * columns + column] }
      }
    )
    return GridDraft(
      rowEdges: parting.rows.map { ys[$0] } + ys.suffix(1), columnEdges: parting.columns.map { xs[$0] } + xs.suffix(1),
      groups: parting.rows.flatMap { row in parting.columns.map { groups[row * columns + $0] } }, strategy: .ruled)
  }
}

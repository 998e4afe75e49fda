import DocumentModel

/// Reads the cells of an area as blocks of lines: within a cell lines follow each other as closely as they do anywhere in
/// the area, and what reaches into each other's height is one row, whether its cells begin together or stand in its middle.
struct WrappedGrid {
  /// Lines of one cell.
  private struct Block {
    var column: Int
    var lines: [[TableWord]]
    var top: Double
    var bottom: Double

    var words: [TableWord] { lines.flatMap { $0 } }

    init(column: Int, line: [TableWord], middle: Double, half: Double) {
      self.column = column
      lines = [line]
      (top, bottom) = (middle - half, middle + half)
    }

    mutating func add(_ line: [TableWord], to bottom: Double) {
      lines.append(line)
      self.bottom = bottom
    }
  }

  private let rows: [[Block]]
  private let columnEdges: [Double]
  private let em: Double
  /// Whether white between the rows tells them.
  private(set) var areRowsSure = true

  private static let cellGap = 0.55  // ems: what words of one phrase are never apart
  private static let leastCorridor = 0.1  // ems
  private static let widestLeading = 1.7  // ems from line to line within a cell
  private static let leastLeading = 0.9
  private static let sameLeading = 1.12  // times the smallest: raised signs set lines a little apart
  private static let body = 0.85  // of a line's largest type: smaller words are raised signs
  private static let half = 0.45  // ems: of a line's height on either side of its middle
  private static let overlap = 0.2  // ems by which rows do not reach into each other
  private static let mostCuts = 3  // of an area into parts of their own
  private static let quantiles = [0, 0.1, 0.25]  // of the steps from line to line, where leading is looked for

  /// Every reading of an area that may be a table.
  static func grids(_ area: WrappedAreas.Area) -> [WrappedGrid] {
    grids(area.lines.flatMap { $0 }, area.stops, cuts: 0)
  }

  private static func grids(_ words: [TableWord], _ stops: [Double], cuts: Int) -> [WrappedGrid] {
    guard let em = words.map(\.size).median, let box = words.map(\.box).union() else { return [] }
    let corridors = corridors(words, stops, em: em)
    guard !corridors.isEmpty, corridors.count < GridDraft.columnLimit else { return [] }
    let edges = [box.left] + corridors.map { ($0.lowerBound + $0.upperBound) / 2 } + [box.right]
    var columns = [[TableWord]](repeating: [], count: edges.count - 1)
    for word in words { columns[GridDraft.band(of: word.box.midX, in: edges)].append(word) }
    let lines = columns.map { column in
      TextRow.rows(of: column, wordGap: .infinity).map { (words: $0.words, middle: middle($0.words)) }
    }
    let steps = lines.flatMap { column in
      zip(column, column.dropFirst()).filter { areOfOneType($0.words, $1.words) }.map { $1.middle - $0.middle }
    }
    .filter { $0 > leastLeading * em }.sorted()
    guard steps.count > 2 else { return [] }
    var last = 0.0
    for quantile in quantiles {
      let leading = steps[Int(Double(steps.count) * quantile)]
      guard leading > last, leading <= widestLeading * em else { continue }
      last = limit(of: steps, from: leading)
      var blocks: [Block] = []
      for (column, lines) in lines.enumerated() {
        for (index, line) in lines.enumerated() {
          if index > 0, line.middle - lines[index - 1].middle <= last {
            blocks[blocks.count - 1].add(line.words, to: line.middle + half * em)
          } else {
            blocks.append(Block(column: column, line: line.words, middle: line.middle, half: half * em))
          }
        }
      }
      let found = tables(WrappedGrid(rows: rows(blocks, em: em), columnEdges: edges, em: em), stops, cuts: cuts)
      if !found.isEmpty { return found }
    }
    let started = startedRows(words, edges: edges, corridors: corridors, em: em)
    return tables(
      WrappedGrid(rows: started, columnEdges: edges, em: em, areRowsSure: false), stops, cuts: cuts)
  }

  private static func isSmall(_ word: TableWord?) -> Bool { word?.text.unicodeScalars.first?.isSmall ?? false }

  /// The widest step from line to line within a cell, where the smallest is known: raised signs set lines a little apart,
  /// the white between rows more.
  private static func limit(of steps: [Double], from leading: Double) -> Double {
    let near = steps.filter { $0 >= leading && $0 <= widestStep * leading }
    var best: (jump: Double, limit: Double) = (leastJump, sameLeading * leading)
    for (low, high) in zip(near, near.dropFirst()) where low <= raisedLeading * leading && high / low > best.jump {
      best = (high / low, (low + high) / 2)
    }
    return best.limit
  }

  private static let widestStep = 1.4, raisedLeading = 1.2  // times the smallest step
  private static let leastJump = 1.04

  /// The grid, or those of its parts.
  private static func tables(_ whole: WrappedGrid, _ stops: [Double], cuts: Int) -> [WrappedGrid] {
    let grid = whole.joined().withoutText()
    let parts = grid.parts()
    if parts.count > 1 || grid.rows.count < whole.rows.count {
      guard cuts < mostCuts else { return [] }
      return parts.flatMap { rows in grids(rows.flatMap { $0 }.flatMap(\.words), stops, cuts: cuts + 1) }
    }
    return grid.isTable ? [grid] : []
  }

  // MARK: Rows without more white than lines

  /// Rows whose cells begin together, told by the lines that cannot go on from the line above.
  private static func startedRows(
    _ words: [TableWord], edges: [Double], corridors: [ClosedRange<Double>], em: Double
  ) -> [[Block]] {
    let count = edges.count - 1
    let right = (0..<count).map { $0 < corridors.count ? corridors[$0].lowerBound : edges[count] }
    var rows: [[Block]] = []
    var above: [[TableWord]] = []
    for line in TextRow.rows(of: words, wordGap: .infinity) {
      var cells = [[TableWord]](repeating: [], count: count)
      for word in line.words { cells[GridDraft.band(of: word.box.midX, in: edges)].append(word) }
      let middle = middle(line.words)
      let filled = cells.indices.filter { !cells[$0].isEmpty }
      let isMore =
        !above.isEmpty
        && (cells[0].isEmpty
          || filled.allSatisfy { goesOn(cells[$0], from: above[$0], right: right[$0]) }
            // Where all columns have a line, full lines above each other are two rows, unless most read on.
            && (filled.count < count || count > 2 && 2 * filled.count { isSmall(cells[$0].first) } > count)
            && above.joined().allSatisfy(\.bold) == line.words.allSatisfy(\.bold))
      if !isMore || rows.isEmpty { rows.append([]) }
      for column in filled {
        if let block = rows[rows.count - 1].firstIndex(where: { $0.column == column }) {
          rows[rows.count - 1][block].add(cells[column], to: middle + half * em)
        } else {
          rows[rows.count - 1].append(
            Block(column: column, line: cells[column], middle: middle, half: half * em))
        }
      }
      above = cells
    }
    return rows
  }

  /// Whether a cell's line had no room on the line above.
  private static func goesOn(_ line: [TableWord], from above: [TableWord], right: Double) -> Bool {
    guard let first = line.first, let last = above.last else { return false }
    return last.box.right + 0.25 * first.size + first.box.width > right
  }

  /// Stretches of x that no phrase covers; one ends before every stop.
  private static func corridors(_ words: [TableWord], _ stops: [Double], em: Double) -> [ClosedRange<Double>] {
    var events: [(x: Double, change: Int)] = []
    for row in TextRow.rows(of: words, wordGap: .infinity) {
      var end: Double?
      var last: TableWord?
      for word in row.words {
        if let before = last, let right = end {
          let isParted =
            word.box.left - before.box.right > cellGap * em
            || !before.joinsNext && stops.contains { begins(word, after: before, at: $0, em: em) }
          if isParted {
            events += [(right, -1), (word.box.left, 1)]
            end = word.box.right
          } else {
            end = max(right, word.box.right)
          }
        } else {
          events.append((word.box.left, 1))
          end = word.box.right
        }
        last = word
      }
      if let end { events.append((end, -1)) }
    }
    events.sort { ($0.x, $0.change) < ($1.x, $1.change) }
    var corridors: [ClosedRange<Double>] = []
    var covering = 0
    var opened: Double?
    for (x, change) in events {
      if covering == 0, let start = opened, x - start >= leastCorridor * em { corridors.append(start...x) }
      covering += change
      opened = covering == 0 ? x : nil
    }
    return corridors
  }

  private static let offset = 0.5  // ems by which names may begin before what they name

  /// Whether a column that begins at an edge parts two words, or the second of them is its name and begins before it.
  private static func begins(_ word: TableWord, after before: TableWord, at edge: Double, em: Double) -> Bool {
    guard before.box.right <= edge + 0.3 else { return false }
    return edge <= word.box.left + 0.3
      || word.box.left - before.box.right >= leastCorridor * em && word.box.left > edge - offset * em
        && word.box.right > edge
  }

  /// Whether the middles of two lines may be compared: faces and sizes reach differently far above and below their letters.
  private static func areOfOneType(_ a: [TableWord], _ b: [TableWord]) -> Bool {
    guard let a = a.max(by: { $0.size < $1.size }), let b = b.max(by: { $0.size < $1.size }) else { return false }
    return abs(a.size - b.size) <= 0.05 * a.size && abs(a.box.height - b.box.height) <= 0.05 * a.box.height
  }

  /// The middle of a line's height, without raised signs.
  private static func middle(_ words: [TableWord]) -> Double {
    let largest = words.map(\.size).max() ?? 0
    return words.filter { $0.size > body * largest }.map(\.box.midY).median ?? 0
  }

  private static func rows(_ blocks: [Block], em: Double) -> [[Block]] {
    var rows: [[Block]] = []
    var bottom = 0.0
    for block in blocks.sorted(by: { ($0.top, $0.column) < ($1.top, $1.column) }) {
      if !rows.isEmpty, block.top < bottom - overlap * em {
        rows[rows.count - 1].append(block)
        bottom = max(bottom, block.bottom)
      } else {
        rows.append([block])
        bottom = block.bottom
      }
    }
    return rows
  }

  /// The grid without columns that hold nothing but the name of the one beside them: a name in the middle of its column
  /// may stand beside all that is flush there.
  private func joined() -> WrappedGrid {
    var (rows, edges) = (rows, columnEdges)
    var column = 0
    while edges.count > 3, column < edges.count - 1 {
      let filled = rows.indices.filter { rows[$0].contains { $0.column == column } }
      guard filled.count <= 1 else {
        column += 1
        continue
      }
      // Its words join the column that has no other name; the nearer, where both have none.
      func isFree(_ other: Int) -> Bool {
        other >= 0 && other < edges.count - 1
          && !filled.contains { row in rows[row].contains { $0.column == other } }
      }
      func isRightBeside(_ other: Int) -> Bool {
        filled.contains { row in
          let own = rows[row].filter { $0.column == column }.flatMap(\.words)
          return rows[row].filter { $0.column == other }.flatMap(\.words).contains { word in
            own.contains {
              $0.box.verticalOverlap(word.box) > 0.5 * word.box.height
                && max($0.box.left - word.box.right, word.box.left - $0.box.right) < Self.beside * em
            }
          }
        }
      }
      func distance(_ other: Int) -> Double {
        let own = rows.joined().filter { $0.column == column }.flatMap(\.words).map(\.box).union()
        let others = rows.joined().filter { $0.column == other }.flatMap(\.words).map(\.box).union()
        guard let own, let others else { return 0 }
        return max(own.left - others.right, others.left - own.right)
      }
      let neighbours = [column - 1, column + 1].filter { isFree($0) || isRightBeside($0) }
      guard let other = neighbours.min(by: { distance($0) < distance($1) }) else {
        column += 1
        continue
      }
      let edge = max(column, other)
      edges.remove(at: edge)
      for row in rows.indices {
        for block in rows[row].indices where rows[row][block].column >= edge { rows[row][block].column -= 1 }
      }
      column = max(0, edge - 1)
    }
    return WrappedGrid(rows: rows, columnEdges: edges, em: em, areRowsSure: areRowsSure)
  }

  private static let beside = 0.45  // ems: between words of one phrase

  /// The grid without what stands above and below it with nothing beside it where the first column is: a heading, the
  /// last line of a paragraph.
  private func withoutText() -> WrappedGrid {
    func isText(_ row: [Block]) -> Bool { row.allSatisfy { $0.column == 0 } }
    var kept = rows[...]
    while let row = kept.first, isText(row) { kept.removeFirst() }
    while let row = kept.last, isText(row) { kept.removeLast() }
    return WrappedGrid(rows: Array(kept), columnEdges: columnEdges, em: em, areRowsSure: areRowsSure)
  }

  // MARK: Parts

  private static let wideGap = 2.0  // of the white between most rows
  private static let leastWideGap = 0.4  // ems more than that
  private static let proseWords = 4  // of a line that no cells part

  /// The rows parted where more white than usual stands between them, and where a line of text runs across.
  private func parts() -> [[[Block]]] {
    let tops = rows.map { $0.lazy.map(\.top).min() ?? 0 }
    let bottoms = rows.map { $0.lazy.map(\.bottom).max() ?? 0 }
    let gaps = zip(bottoms, tops.dropFirst()).map { $1 - $0 }
    guard let usual = gaps.median else { return [rows] }
    let lefts = lefts
    var parts: [[[Block]]] = []
    var wasText = false
    for (index, row) in rows.enumerated() {
      let isText = isText(row, isLast: index + 1 == rows.count, lefts: lefts)
      let isApart = index > 0 && gaps[index - 1] > max(Self.wideGap * usual, usual + Self.leastWideGap * em)
      if index == 0 || isApart || isText || wasText {
        parts.append([row])
      } else {
        parts[parts.count - 1].append(row)
      }
      wasText = isText
    }
    return parts
  }

  /// Whether a row is one line whose words stand no farther apart than words do.
  private func isText(_ row: [Block], isLast: Bool, lefts: [Double]) -> Bool {
    guard row.count > 1, row.allSatisfy({ $0.lines.count == 1 }) else { return false }
    let words = row.flatMap(\.words).sorted { ($0.box.left, $0.index) < ($1.box.left, $1.index) }
    // What begins where its column does is a cell, be the one before it as wide as its column.
    let isInColumns =
      !(isLast && columns == 2)
      && row.allSatisfy { block in
        block.column == 0 || block.words.first.map { abs($0.box.left - lefts[block.column]) <= 1 } ?? false
      }
    return words.count >= Self.proseWords && !isInColumns
      && zip(words, words.dropFirst()).allSatisfy { $1.box.left - $0.box.right <= 0.5 * em }
  }

  /// Where most cells of each column begin.
  private var lefts: [Double] {
    var found = [[Double]](repeating: [], count: columns)
    for block in rows.joined() { block.words.first.map { found[block.column].append($0.box.left) } }
    return found.map { $0.median ?? 0 }
  }

  // MARK: Whether it is a table

  private static let leastRows = 3
  private static let leastFill = 0.5
  private static let mostLone = 0.34  // of the rows: those with one cell
  private static let leastUsed = 0.2  // of the rows, for every column
  private static let longLine = 5.0  // words: cells are shorter, running text longer
  private static let mostMonospaced = 0.6  // of the words: what a program prints keeps to common edges anyway

  private var columns: Int { columnEdges.count - 1 }

  private func cells(_ row: [Block]) -> [[Block]] {
    var cells = [[Block]](repeating: [], count: columns)
    for block in row { cells[block.column].append(block) }
    return cells
  }

  private var isTable: Bool {
    guard rows.count >= Self.leastRows, rows.count <= GridDraft.rowLimit else { return false }
    let words = rows.flatMap { $0.flatMap(\.words) }
    guard Double(words.count(where: \.monospaced)) <= Self.mostMonospaced * Double(words.count) else { return false }
    let cells = rows.map(cells)
    let filled = cells.reduce(0) { $0 + $1.count { !$0.isEmpty } }
    let torn = cells.reduce(0) { $0 + $1.count { $0.count > 1 } }
    let rights = rights
    let named = cells.filter { !$0[0].isEmpty }
    guard !areRowsSure || rows.contains(where: { $0.contains { $0.lines.count > 1 } }),
      Double(filled) >= Self.leastFill * Double(rows.count * columns), 4 * torn <= rows.count * columns,
      2 * named.count > rows.count,
      Double(cells.count { $0.count { !$0.isEmpty } == 1 }) <= Self.mostLone * Double(rows.count),
      (0..<columns).allSatisfy({ column in
        let used = cells.count { !$0[column].isEmpty }
        return used > 1 && Double(used) >= Self.leastUsed * Double(rows.count)
      }), !areRowsSure || !cells.contains(where: { isStack($0, rights: rights) })
    else { return false }
    if cells.contains(where: isBridged) { return false }
    let first = named.flatMap { $0[0].flatMap(\.lines) }
    if first.contains(where: { $0.count == 1 && Self.isBullet($0[0].text) }) { return false }
    let markers = first.count { $0.count == 1 && (Refusals.isMarker($0[0].text) || Self.isNumber($0[0].text)) }
    return 2 * markers < first.count
  }

  private static func isBullet(_ text: String) -> Bool {
    guard text.unicodeScalars.count == 1, let sign = text.unicodeScalars.first else { return false }
    return BulletSign.isBullet(sign) || "–-*".unicodeScalars.contains(sign)
  }

  /// The number of a section, of several parts.
  private static func isNumber(_ text: String) -> Bool {
    let parts = text.split(separator: ".")
    return parts.count > 1 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
  }

  /// Two rows that only a third column's lines hold together: labels with their values, and an address beside them.
  private func isBridged(_ cells: [[Block]]) -> Bool {
    let torn = cells.filter { $0.count > 1 }
    return torn.contains { blocks in
      torn.count { abs($0[1].top - blocks[1].top) < Self.overlap * em } > 1
    }
  }

  /// Several rows that were taken for one: lines side by side all the way down, or numbers.
  private func isStack(_ cells: [[Block]], rights: [Double]) -> Bool {
    let filled = cells.filter { !$0.isEmpty }.map { $0.flatMap(\.lines) }
    let numbers = filled.count { $0.count { $0.allSatisfy { $0.value != .text } } > 1 }
    guard numbers < 2 else { return true }
    guard filled.count > 1, let first = filled.first, first.count > 2 else { return false }
    let isEven = filled.dropFirst().allSatisfy { lines in
      lines.count == first.count
        && zip(lines, first).allSatisfy { abs(Self.middle($0) - Self.middle($1)) < Self.overlap * em }
    }
    // Cells of one row may wrap alike; a line that had room above it is a row of its own.
    return isEven
      && cells.contains { blocks in
        let lines = blocks.flatMap(\.lines)
        guard let column = blocks.first?.column else { return false }
        return zip(lines, lines.dropFirst()).contains {
          !Self.goesOn($1, from: $0, right: rights[column])
        }
      }
  }

  /// Where the longest line of each column ends.
  private var rights: [Double] {
    var found = [Double](repeating: 0, count: columns)
    for block in rows.joined() {
      for word in block.lines.joined() { found[block.column] = max(found[block.column], word.box.right) }
    }
    return found
  }

  // MARK: Grid

  var words: [TableWord] { rows.flatMap { $0.flatMap(\.words) } }
  var columnCount: Int { columns }

  /// Whether the first row names all the columns in bold type, and not everything is bold.
  var isHeaded: Bool {
    guard let first = rows.first, cells(first).allSatisfy({ !$0.isEmpty }) else { return false }
    return first.allSatisfy { $0.words.allSatisfy(\.bold) }
      && rows.dropFirst().contains { $0.contains { !$0.words.allSatisfy(\.bold) } }
  }

  /// y between the first row and the second.
  var endOfHeader: ClosedRange<Double> {
    let bottom = rows[0].lazy.map(\.bottom).max() ?? 0
    return bottom...max(bottom, rows[1].lazy.map(\.top).min() ?? bottom)
  }

  /// How many columns hold running text.
  var longColumns: Int {
    (0..<columns).count { column in
      let lines = rows.lazy.joined().filter { $0.column == column }.flatMap(\.lines)
      return Double(lines.reduce(0) { $0 + $1.count }) >= Self.longLine * Double(lines.count)
    }
  }

  /// Whether the lines of a column before others are names with a colon: a form, or an address beside one.
  var isForm: Bool {
    let names = rows.compactMap { row in cells(row)[0].last?.words.last }
    if 2 * names.count(where: { $0.text.hasSuffix(":") }) >= names.count { return true }
    return (1..<max(1, columns - 1)).contains { column in
      let lines = rows.lazy.joined().filter { $0.column == column }.flatMap(\.lines)
      return 2 * lines.count { $0.last?.text.hasSuffix(":") ?? false } > lines.count
    }
  }

  func grid() -> GridDraft? {
    guard let box = words.map(\.box).union() else { return nil }
    var edges = [box.top]
    for (upper, lower) in zip(rows, rows.dropFirst()) {
      let bottom = upper.lazy.map(\.bottom).max() ?? 0
      edges.append(max(edges[edges.count - 1], (bottom + (lower.lazy.map(\.top).min() ?? bottom)) / 2))
    }
    edges.append(max(box.bottom, edges[edges.count - 1]))
    guard var draft = GridDraft(rowEdges: edges, columnEdges: columnEdges, strategy: .unruled) else { return nil }
    for (index, row) in rows.enumerated() {
      for block in row { draft.cells[draft.cellIndex(row: index, column: block.column)].words += block.words }
    }
    return HeaderRows.marked(draft)
  }
}

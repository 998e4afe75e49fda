import DocumentModel

/// Reads the cells of an area as blocks of lines: within a cell lines follow each other as closely as they do anywhere in
/// the area, and what reaches into each other's height is one row, whether its cells begin together or stand in its middle.
struct WrappedGrid {
  /// Lines of one cell.
  struct Block {
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

  let rows: [[Block]]
  let columnEdges: [Double]
  let em: Double
  /// Whether white between the rows tells them.
  private(set) var areRowsSure = true
  /// Whether the ground tells the rows: stripes or hair lines between all of them.
  private(set) var isBanded = false

  private static let cellGap = 0.55  // ems: what words of one phrase are never apart
  private static let leastCorridor = 0.1  // ems
  private static let widestLeading = 1.7  // ems from line to line within a cell
  private static let leastLeading = 0.9
  private static let sameLeading = 1.12  // times the smallest: raised signs set lines a little apart
  private static let body = 0.85  // of a line's largest type: smaller words are raised signs
  static let half = 0.45  // ems: of a line's height on either side of its middle
  static let overlap = 0.2  // ems by which rows do not reach into each other
  private static let mostCuts = 3  // of an area into parts of their own
  private static let quantiles = [0, 0.1, 0.25]  // of the steps from line to line, where leading is looked for

  /// Every reading of an area that may be a table.
  ///
  /// - Parameter ground: stripes and hair lines, which part rows; nil without a raster.
  static func grids(
    _ area: WrappedAreas.Area, ground: GroundEdges? = nil, budget: ReadingBudget
  ) throws -> [WrappedGrid] {
    try grids(area.lines.flatMap { $0 }, area.stops, ground, cuts: 0, budget)
  }

  private static func grids(
    _ words: [TableWord], _ stops: [Double], _ ground: GroundEdges?, cuts: Int, _ budget: ReadingBudget
  ) throws -> [WrappedGrid] {
    guard budget.allows(words.count), let em = words.map(\.size).median, let box = words.map(\.box).union() else {
      return []
    }
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
    func tables(_ rows: [[Block]], areSure: Bool = true, areBands: Bool = false) throws -> [WrappedGrid] {
      let whole = WrappedGrid(rows: rows, columnEdges: edges, em: em, areRowsSure: areSure, isBanded: areBands)
      return try Self.tables(whole, stops, ground, cuts: cuts, budget)
    }
    let printed = TextRow.rows(of: words, wordGap: .infinity)
    let changes = try ground?.positions(between: printed, in: box) ?? []
    let started = startedRows(words, edges: edges, corridors: corridors, changes: changes, em: em)
    // Where the ground changes between all rows and nowhere else, they are as sure as white makes them.
    if changes.count > 1, started.count == changes.count + 1 {
      let found = try tables(started)
      if !found.isEmpty { return found }
    }
    if let banded = bandedRows(printed, edges: edges, corridors: corridors, changes: changes, em: em) {
      let found = try tables(banded, areBands: true)
      if !found.isEmpty { return found }
    }
    var last = 0.0
    for quantile in quantiles {
      let leading = steps[Int(Double(steps.count) * quantile)]
      guard leading > last, leading <= widestLeading * em else { continue }
      last = limit(of: steps, from: leading)
      var blocks: [Block] = []
      for (column, lines) in lines.enumerated() {
        for (index, line) in lines.enumerated() {
          if index > 0, line.middle - lines[index - 1].middle <= last,
            !changes.contains(where: { $0 > lines[index - 1].middle && $0 < line.middle })
          {
            blocks[blocks.count - 1].add(line.words, to: line.middle + half * em)
          } else {
            blocks.append(Block(column: column, line: line.words, middle: line.middle, half: half * em))
          }
        }
      }
      let found = try tables(rows(blocks, em: em))
      if !found.isEmpty { return found }
    }
    return try tables(started, areSure: false)
  }

  static func isSmall(_ word: TableWord?) -> Bool { word?.text.unicodeScalars.first?.isSmall ?? false }

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
  private static func tables(
    _ whole: WrappedGrid, _ stops: [Double], _ ground: GroundEdges?, cuts: Int, _ budget: ReadingBudget
  ) throws -> [WrappedGrid] {
    let grid = whole.joined().withoutText()
    let parts = grid.parts()
    if parts.count > 1 || grid.rows.count < whole.rows.count {
      guard cuts < mostCuts else { return [] }
      return try parts.flatMap { rows in
        try grids(rows.flatMap { $0 }.flatMap(\.words), stops, ground, cuts: cuts + 1, budget)
      }
    }
    return grid.isTable ? [grid] : []
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
  static func middle(_ words: [TableWord]) -> Double {
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

  // MARK: Grid

  var words: [TableWord] { rows.flatMap { $0.flatMap(\.words) } }

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

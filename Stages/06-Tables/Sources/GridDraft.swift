import DocumentModel

/// A grid in the making, in the upright frame.
///
/// Invariant: every place of the grid is covered by exactly one cell; `init` sees to it whatever it is given.
struct GridDraft {
  struct DraftCell {
    var row: Int
    var column: Int
    var rowSpan: Int
    var columnSpan: Int
    var words: [TableWord] = []

    var lastRow: Int { row + rowSpan - 1 }
    var lastColumn: Int { column + columnSpan - 1 }
    var isEmpty: Bool { words.isEmpty }
  }

  /// One more than rows, ascending.
  let rowEdges: [Double]
  /// One more than columns, ascending.
  let columnEdges: [Double]
  /// Row by row.
  var cells: [DraftCell]
  /// For each place, row by row, the index of its cell.
  private(set) var owner: [Int]
  var headerRows = 0
  var stubColumns = 0
  let strategy: TableStrategy

  var rows: Int { rowEdges.count - 1 }
  var columns: Int { columnEdges.count - 1 }

  static let rowLimit = 2_000
  static let columnLimit = 200

  /// Places of equal group belong together as far as they form rectangles; an irregular group falls into several cells.
  ///
  /// - Parameter groups: row by row, as many as places; nil where the grid is empty or larger than the limits.
  init?(rowEdges: [Double], columnEdges: [Double], groups: [Int], strategy: TableStrategy) {
    let rows = rowEdges.count - 1
    let columns = columnEdges.count - 1
    guard rows > 0, columns > 0, rows <= Self.rowLimit, columns <= Self.columnLimit, groups.count == rows * columns
    else {
      return nil
    }
    self.rowEdges = rowEdges
    self.columnEdges = columnEdges
    self.strategy = strategy
    owner = [Int](repeating: -1, count: rows * columns)
    cells = []
    for row in 0..<rows {
      for column in 0..<columns where owner[row * columns + column] < 0 {
        let group = groups[row * columns + column]
        func isFree(_ r: Int, _ c: Int) -> Bool { owner[r * columns + c] < 0 && groups[r * columns + c] == group }
        var width = 1
        while column + width < columns, isFree(row, column + width) { width += 1 }
        var height = 1
        while row + height < rows, (column..<(column + width)).allSatisfy({ isFree(row + height, $0) }) { height += 1 }
        for r in row..<(row + height) {
          for c in column..<(column + width) { owner[r * columns + c] = cells.count }
        }
        cells.append(DraftCell(row: row, column: column, rowSpan: height, columnSpan: width))
      }
    }
  }

  /// A grid without spans.
  init?(rowEdges: [Double], columnEdges: [Double], strategy: TableStrategy) {
    let count = max(0, rowEdges.count - 1) * max(0, columnEdges.count - 1)
    self.init(rowEdges: rowEdges, columnEdges: columnEdges, groups: Array(0..<count), strategy: strategy)
  }

  func cellIndex(row: Int, column: Int) -> Int { owner[row * columns + column] }

  func cell(row: Int, column: Int) -> DraftCell { cells[cellIndex(row: row, column: column)] }

  /// The row or column that holds a coordinate; the nearest for one outside.
  static func band(of value: Double, in edges: [Double]) -> Int {
    let next = edges.partitioningIndex { $0 > value }
    return min(max(next - 1, 0), edges.count - 2)
  }

  /// Puts each word into the cell that holds its centre.
  mutating func place(_ words: [TableWord]) {
    for word in words {
      let row = Self.band(of: word.box.midY, in: rowEdges)
      let column = Self.band(of: word.box.midX, in: columnEdges)
      cells[cellIndex(row: row, column: column)].words.append(word)
    }
  }

  /// The outline of a cell.
  func box(of cell: DraftCell) -> BoundingBox {
    BoundingBox(
      left: columnEdges[cell.column], top: rowEdges[cell.row], right: columnEdges[cell.lastColumn + 1],
      bottom: rowEdges[cell.lastRow + 1])
  }

  var box: BoundingBox {
    BoundingBox(left: columnEdges[0], top: rowEdges[0], right: columnEdges[columns], bottom: rowEdges[rows])
  }

  var allWords: [TableWord] { cells.flatMap(\.words) }

  /// The same grid with only the given rows; cells that reach beyond them are cut.
  ///
  /// Words of cells that lie outside altogether are left out.
  func keeping(rows kept: Range<Int>) -> GridDraft? {
    guard !kept.isEmpty, kept.lowerBound >= 0, kept.upperBound <= rows else { return nil }
    let groups = Array(owner[(kept.lowerBound * columns)..<(kept.upperBound * columns)])
    guard
      var result = GridDraft(
        rowEdges: Array(rowEdges[kept.lowerBound...kept.upperBound]), columnEdges: columnEdges, groups: groups,
        strategy: strategy)
    else { return nil }
    for cell in cells where cell.row < kept.upperBound && cell.lastRow >= kept.lowerBound {
      let row = max(cell.row, kept.lowerBound) - kept.lowerBound
      result.cells[result.cellIndex(row: row, column: cell.column)].words += cell.words
    }
    result.headerRows = min(max(headerRows - kept.lowerBound, 0), result.rows)
    result.stubColumns = stubColumns
    return result
  }

  /// The same grid with only the given columns; cells that reach beyond them are cut.
  func keeping(columns kept: Range<Int>) -> GridDraft? {
    guard !kept.isEmpty, kept.lowerBound >= 0, kept.upperBound <= columns else { return nil }
    let groups = (0..<rows).flatMap { row in
      owner[(row * columns + kept.lowerBound)..<(row * columns + kept.upperBound)]
    }
    guard
      var result = GridDraft(
        rowEdges: rowEdges, columnEdges: Array(columnEdges[kept.lowerBound...kept.upperBound]), groups: groups,
        strategy: strategy)
    else { return nil }
    for cell in cells where cell.column < kept.upperBound && cell.lastColumn >= kept.lowerBound {
      let column = max(cell.column, kept.lowerBound) - kept.lowerBound
      result.cells[result.cellIndex(row: cell.row, column: column)].words += cell.words
    }
    result.headerRows = headerRows
    result.stubColumns = min(max(stubColumns - kept.lowerBound, 0), result.columns)
    return result
  }
}

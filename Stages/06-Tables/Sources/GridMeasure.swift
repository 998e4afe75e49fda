import DocumentModel

/// How well words fit a grid, as shares between 0 and 1.
struct GridMeasure {
  /// Cells with words.
  let fill: Double
  /// Words that reach beyond their cell.
  let crossing: Double
  /// Cells flush or centred as the rest of their column.
  let alignment: Double
  /// Columns but the first whose values are numbers.
  let numericColumns: Double
  /// Cells that hold several numbers one under the other, of all with numbers.
  let stacked: Double
  /// Filled cells with several numbers side by side that stand as far apart as columns do.
  let loose: Double
  let wordsPerCell: Double
  let filledCells: Int
  let filledRows: Int
  let filledColumns: Int

  private static let slack = 2.5  // points: how far edges of one alignment may differ

  private static let shortValue = 0.5  // of the column's width: values under one another, not a wrapped text

  /// - Parameter wordGap: ems.
  init(_ grid: GridDraft, wordGap: Double) {
    let filled = grid.cells.filter { !$0.isEmpty }
    filledCells = filled.count
    fill = grid.cells.isEmpty ? 0 : Double(filled.count) / Double(grid.cells.count)
    var words = 0
    var crossed = 0
    var columns = [[BoundingBox]](repeating: [], count: grid.columns)
    var headed = columns
    var numbers = [Int](repeating: 0, count: grid.columns)
    var all = numbers
    var stackedCells = 0
    var numberCells = 0
    var looseCells = 0
    var usedRows: Set<Int> = []
    for cell in filled {
      let outline = grid.box(of: cell)
      words += cell.words.count
      crossed += cell.words.count {
        $0.box.left < outline.left - 0.25 * $0.box.width - 1 || $0.box.right > outline.right + 0.25 * $0.box.width + 1
      }
      usedRows.insert(cell.row)
      let rows = TextRow.rows(of: cell.words, wordGap: wordGap)
      let lines = rows.map(\.words)
      if rows.contains(where: { $0.phrases.count(where: \.isNumeric) > 1 }) { looseCells += 1 }
      let isStack = lines.count > 2 && rows.allSatisfy { $0.box.width < Self.shortValue * outline.width }
      let numberLines = lines.count { $0.allSatisfy { $0.value == .number || $0.value == .sign } }
      if numberLines > 0 || isStack { numberCells += 1 }
      if numberLines > 1 || isStack { stackedCells += 1 }
      if cell.columnSpan == 1, let box = cell.words.map(\.box).union() { headed[cell.column].append(box) }
      guard cell.columnSpan == 1, cell.row >= grid.headerRows else { continue }
      all[cell.column] += 1
      if cell.words.allSatisfy({ $0.value != .text }) { numbers[cell.column] += 1 }
      if let box = cell.words.map(\.box).union() { columns[cell.column].append(box) }
    }
    filledRows = usedRows.count
    loose = filled.isEmpty ? 0 : Double(looseCells) / Double(filled.count)
    let used = all.indices.filter { all[$0] > 0 }
    filledColumns = used.count
    wordsPerCell = filled.isEmpty ? 0 : Double(words) / Double(filled.count)
    crossing = words == 0 ? 0 : Double(crossed) / Double(words)
    let values = used.filter { $0 > 0 }
    numericColumns =
      values.isEmpty ? 0 : Double(values.count { Double(numbers[$0]) >= 0.6 * Double(all[$0]) }) / Double(values.count)
    stacked = numberCells == 0 ? 0 : Double(stackedCells) / Double(numberCells)
    // A single row of values can only agree with its names.
    let compared = columns.contains { $0.count > 1 } ? columns : headed
    let aligned = compared.filter { $0.count > 1 }.map(Self.alignment)
    // Columns of one cell contradict nothing where rules drew them, and prove nothing elsewhere.
    alignment = aligned.isEmpty ? (grid.strategy == .ruled ? 1 : 0) : aligned.reduce(0, +) / Double(aligned.count)
  }

  /// The largest share of boxes that agree in their left edge, right edge or middle.
  private static func alignment(_ boxes: [BoundingBox]) -> Double {
    [boxes.map(\.left), boxes.map(\.right), boxes.map(\.midX)].map { places -> Double in
      let sorted = places.sorted()
      var best = 0
      var first = 0
      for last in sorted.indices {
        while sorted[last] - sorted[first] > slack { first += 1 }
        best = max(best, last - first + 1)
      }
      return Double(best) / Double(sorted.count)
    }.max() ?? 0
  }
}

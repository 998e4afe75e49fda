import DocumentModel

/// Cuts off what a frame or an area holds besides the grid: titles above, notes below, empty edges.
enum GridTrim {
  private static let mostTitleRows = 4  // rows at the top looked at for a title
  private static let noteWords = 5  // words in a lone cell below the grid: a total is shorter

  /// - Returns: nil where nothing is left.
  static func trimmed(_ grid: GridDraft) -> GridDraft? {
    var first = 0
    var last = grid.rows
    for row in 0..<min(mostTitleRows, grid.rows) {
      let filled = cells(grid, row)
      if filled.isEmpty, first == row { first = row + 1 }
      if filled.count == 1, isTitle(filled[0], grid) { first = row + 1 }
      if first == row, opensSection(filled, grid) { first = row + 1 }
    }
    while last > first {
      let filled = cells(grid, last - 1)
      if filled.isEmpty {
        last -= 1
      } else if filled.count == 1 && isNote(filled[0], grid) || isHeading(filled, grid) {
        last -= 1
      } else {
        break
      }
    }
    if first > 0 || last < grid.rows {
      return grid.keeping(rows: first..<max(first, last)).flatMap(withoutEmptyEdges)
    }
    return withoutEmptyEdges(grid)
  }

  /// The words of a row that only one cell has.
  static func loneWords(_ grid: GridDraft, row: Int) -> [TableWord]? {
    let filled = cells(grid, row)
    return filled.count == 1 && filled[0].rowSpan == 1 ? CellText.ordered(filled[0].words).flatMap { $0 } : nil
  }

  /// Cells with words that reach into the row.
  private static func cells(_ grid: GridDraft, _ row: Int) -> [GridDraft.DraftCell] {
    var found: [GridDraft.DraftCell] = []
    var last = -1
    for column in 0..<grid.columns {
      let index = grid.cellIndex(row: row, column: column)
      if index != last, !grid.cells[index].isEmpty { found.append(grid.cells[index]) }
      last = index
    }
    return found
  }

  private static func isTitle(_ cell: GridDraft.DraftCell, _ grid: GridDraft) -> Bool {
    guard let line = CellText.ordered(cell.words).first else { return false }
    return CaptionWords.begin(line) && cell.rowSpan == 1
      || cell.columnSpan == grid.columns && grid.columns > 1 && cell.row == 0 && grid.strategy == .ruled
        && grid.rows > 3
      // Without rules nothing but its place says that a text over all columns belongs to them.
      || cell.columnSpan == grid.columns && grid.columns > 1 && cell.row < grid.headerRows && grid.strategy == .unruled
  }

  private static func isNote(_ cell: GridDraft.DraftCell, _ grid: GridDraft) -> Bool {
    guard let line = CellText.ordered(cell.words).first else { return false }
    return CaptionWords.beginNote(line)
      || cell.columnSpan == grid.columns && cell.words.count > noteWords && grid.columns > 1
  }

  /// Whether a row is the heading of what comes below: in larger type than the table, after a number or none. A total in
  /// larger type has its amount.
  private static func isHeading(_ filled: [GridDraft.DraftCell], _ grid: GridDraft) -> Bool {
    guard grid.strategy == .unruled, filled.count <= 2, filled.allSatisfy({ $0.rowSpan == 1 }) else { return false }
    let words = filled.flatMap { CellText.ordered($0.words).flatMap { $0 } }
    guard let smallest = words.map(\.size).min(), let usual = grid.cells.flatMap(\.words).map(\.size).median,
      smallest >= headingSize * usual, let first = words.first
    else { return false }
    let isNumbered = first.text.contains(where: \.isNumber)
    return (isNumbered ? words.count > 1 : filled.count == 1)
      && !words.dropFirst().contains { $0.text.contains(where: \.isNumber) }
  }

  /// Whether a row is a section's number, such as `13.2.3`, and its title above the terms that the section explains.
  private static func opensSection(_ filled: [GridDraft.DraftCell], _ grid: GridDraft) -> Bool {
    guard let number = filled.first.flatMap({ CellText.ordered($0.words).first?.first?.text }), isHeading(filled, grid)
    else { return false }
    let parts = number.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1
      && parts.allSatisfy { part in
        (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
  }

  private static let headingSize = 1.15  // of the table's type

  /// Drops narrow columns without words at either side: where rules run on past the last crossing one.
  private static func withoutEmptyEdges(_ grid: GridDraft) -> GridDraft? {
    func isEmpty(_ column: Int) -> Bool {
      grid.columnEdges[column + 1] - grid.columnEdges[column] < 14
        && (0..<grid.rows).allSatisfy {
          let cell = grid.cell(row: $0, column: column)
          return cell.isEmpty || cell.columnSpan > 1
        }
    }
    var first = 0
    var last = grid.columns
    while last - first > 1, isEmpty(first) { first += 1 }
    while last - first > 1, isEmpty(last - 1) { last -= 1 }
    return first == 0 && last == grid.columns ? grid : grid.keeping(columns: first..<last)
  }
}

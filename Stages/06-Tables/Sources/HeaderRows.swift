import DocumentModel

/// Tells which rows of a grid name its columns and which columns name its rows.
enum HeaderRows {
  private static let most = 6  // rows: deeper headers are not seen

  /// The grid with its header and stub marked.
  static func marked(_ grid: GridDraft) -> GridDraft {
    var grid = grid
    grid.headerRows = headerRows(grid)
    grid.stubColumns = stubColumns(grid)
    return grid
  }

  private static func headerRows(_ grid: GridDraft) -> Int {
    guard grid.rows > 1 else { return 0 }
    let numeric = numericColumns(grid)
    let limit = min(most, grid.rows - 1)
    var count = 0
    if numeric.dropFirst().contains(true) {
      count = areYears(row: 0, of: grid, numeric) ? 1 : 0
      while count < limit, !hasValue(row: count, of: grid, numeric) { count += 1 }
    }
    if count == 0 {
      count =
        (0..<limit).prefix { row in
          let words = (0..<grid.columns).flatMap { grid.cell(row: row, column: $0).words }
          return !words.isEmpty && words.allSatisfy(\.bold)
        }.count
    }
    if count == 0, !numeric.dropFirst().contains(true),
      (1..<max(grid.columns, 2)).allSatisfy({ $0 < grid.columns && !grid.cell(row: 0, column: $0).isEmpty }),
      !isText(row: 0, of: grid)
    {
      count = 1
    }
    // A label that heads the first group of rows belongs to the body.
    while count > 1, isLabel(row: count - 1, of: grid) { count -= 1 }
    // A header ends with all the cells that begin in it.
    var end = count
    for cell in grid.cells where cell.row < count { end = max(end, cell.lastRow + 1) }
    return end < grid.rows ? end : count
  }

  /// Whether a row has a number in a column of numbers, or what stands in for one: a dash beside the name of a row, or any
  /// such sign below the names of columns.
  private static func hasValue(row: Int, of grid: GridDraft, _ numeric: [Bool]) -> Bool {
    let isNamed = !grid.cell(row: row, column: 0).isEmpty
    return (1..<grid.columns).contains { column in
      let cell = grid.cell(row: row, column: column)
      guard numeric[column], !cell.isEmpty, cell.words.allSatisfy({ $0.value != .text }) else { return false }
      if cell.words.contains(where: { $0.value == .number }) { return true }
      guard isNamed, cell.words.allSatisfy({ $0.value == .placeholder }) else { return false }
      return !isUnit(cell)
        && (cell.words.allSatisfy(\.isMissing)
          || (0..<row).contains { above in
            (1..<grid.columns).contains { !grid.cell(row: above, column: $0).isEmpty }
          })
    }
  }

  /// `#` over numbers is a name.
  private static func isUnit(_ cell: GridDraft.DraftCell) -> Bool { cell.words.allSatisfy { $0.text == "#" } }

  private static let leastYears = 2  // columns: a form may begin with a single year

  /// Whether years name the columns of numbers that are no years themselves.
  private static func areYears(row: Int, of grid: GridDraft, _ numeric: [Bool]) -> Bool {
    func years(_ row: Int) -> [Bool] {
      (1..<grid.columns).filter { numeric[$0] }.map { grid.cell(row: row, column: $0).words }
        .filter { !$0.isEmpty }.map { $0.count == 1 && isYear($0[0].text) }
    }
    let own = years(row)
    return own.count >= leastYears && own.allSatisfy { $0 }
      && !((row + 1)..<min(grid.rows, row + most)).contains { years($0).contains(true) }
  }

  private static func isYear(_ text: String) -> Bool {
    text.utf8.count == 4 && Int(text).map { (1500...2100).contains($0) } == true
  }

  /// Whether nothing stands in a row but a text in the first column, below the names of several.
  private static func isLabel(row: Int, of grid: GridDraft) -> Bool {
    let words = Set((0..<grid.columns).map { grid.cellIndex(row: row, column: $0) }).flatMap { grid.cells[$0].words }
    guard !words.isEmpty, words.allSatisfy({ $0.box.midX < grid.columnEdges[1] }),
      grid.cell(row: row, column: 0).row == row
    else { return false }
    return (0..<row).contains { above in
      Set((0..<grid.columns).map { grid.cellIndex(row: above, column: $0) }).count { !grid.cells[$0].isEmpty } > 1
    }
  }

  private static let longName = 8, longestName = 25  // words: with the end of a sentence among them, without

  /// Whether a row tells what no name of a column does: sentences, as where a table goes on from the page before.
  private static func isText(row: Int, of grid: GridDraft) -> Bool {
    let goesOn = grid.cell(row: row, column: 0).isEmpty
    return (0..<grid.columns).contains { column in
      let words = grid.cell(row: row, column: column).words
      let least = goesOn ? 2 : longName
      return words.count > longestName || words.count >= least && words.contains { endsSentence($0.text) }
    }
  }

  /// Abbreviations of names are shorter than the words that sentences end with.
  private static func endsSentence(_ text: String) -> Bool {
    let letters = text.unicodeScalars.prefix { $0.isLetter }
    return letters.count >= longEnd && !letters.contains(where: \.isCapital)
      && [".", "!", "?", "\u{3002}"].contains(text.dropFirst(letters.count))
  }

  private static let longEnd = 4  // letters: "no.", "max.", "incl." name columns

  /// Text before numbers; a second column too where the first groups its rows.
  static func stubColumns(_ grid: GridDraft) -> Int {
    let numeric = numericColumns(grid)
    guard grid.columns > 1, numeric.dropFirst().contains(true) || grid.headerRows > 0 else { return 0 }
    let isGrouped = grid.cells.contains { $0.column == 0 && $0.rowSpan > 1 && $0.row >= grid.headerRows }
    return isGrouped && grid.columns > 2 && !numeric[1] ? 2 : 1
  }

  private static func numericColumns(_ grid: GridDraft) -> [Bool] {
    var numbers = [Int](repeating: 0, count: grid.columns)
    var all = numbers
    for cell in grid.cells where !cell.isEmpty && cell.columnSpan == 1 {
      all[cell.column] += 1
      if cell.words.allSatisfy({ $0.value != .text }) { numbers[cell.column] += 1 }
    }
    return all.indices.map { all[$0] > 0 && Double(numbers[$0]) >= 0.6 * Double(all[$0]) }
  }
}

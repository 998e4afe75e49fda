import DocumentModel

/// The rows of one part of a table, as whoever counts them counts them: chunks and summaries name rows by number.
package struct TableRows: Sendable {
  package struct Cell: Sendable {
    package let column: Int
    package var text: String
  }

  /// The cells that begin in each row. Header rows that repeat are left out; of a row that the page before cuts, this is the rest.
  package let rows: [[Cell]]
  /// For each row, whether a cell reaches into it from the row above.
  package let clings: [Bool]
  /// How many rows at the top are headers, those left out included.
  package let headerRows: Int

  private static let mostRowsPerCell = 1000  // rows: longer than any printed page, short enough for hostile spans

  /// - Parameter join: how the part goes on with the one before; nil for a first part.
  package init(_ table: ElementTable, after join: ReadingEntry.Join? = nil) {
    headerRows = min(max(table.headerRows, 0), max(table.rows, 0))
    // An edited checkpoint may claim any number of rows; only those with cells exist.
    let last = table.cells.lazy.map(\.row).filter { $0 >= 0 && $0 < table.rows }.max() ?? -1
    let count = min(last + 1, table.cells.count * Self.mostRowsPerCell)
    let skipped = min(join?.repeatsHeader ?? false ? headerRows : 0, count)
    var rows = [[Cell]](repeating: [], count: count)
    var reached = [Bool](repeating: false, count: rows.count)
    for cell in table.cells where rows.indices.contains(cell.row) {
      rows[cell.row].append(Cell(column: cell.column, text: cell.text))
      let span = min(max(cell.rowSpan, 1), Self.mostRowsPerCell, rows.count - cell.row)
      for row in cell.row + 1..<max(cell.row + span, cell.row + 1) { reached[row] = true }
    }
    self.rows = Array(rows[skipped...])
    clings = rows.indices[skipped...].map { $0 > skipped && reached[$0] }
  }

  /// A row as a line, tabs between its cells.
  package static func line(_ row: [Cell]) -> String { row.map(\.text).joined(separator: "\t") }

  /// A row with the rest of it that stands on the next page.
  package static func mended(_ row: [Cell], with rest: [Cell]) -> [Cell] {
    var row = row
    for cell in rest where !cell.text.isEmpty {
      if let place = row.firstIndex(where: { $0.column == cell.column }) {
        row[place].text = CutCell.joined(row[place].text, cell.text)
      } else {
        row.insert(cell, at: row.firstIndex { $0.column > cell.column } ?? row.endIndex)
      }
    }
    return row
  }
}

/// How the two parts of a cell that a page's end cuts are put together.
package enum CutCell {
  /// - Returns: what stands between them, and whether the upper part loses the hyphen at its end.
  package static func joint(_ upper: String, _ lower: String) -> (text: String, dropsHyphen: Bool) {
    guard !upper.isEmpty, !lower.isEmpty else { return ("", false) }
    let last = upper.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
    let first = lower.split(whereSeparator: \.isWhitespace).first.map(String.init) ?? ""
    switch LineBreakHyphen.verdict(last, first) {
    case .drop: return ("", true)
    case .keep: return ("", false)
    case .space: return (UnspacedScript.joins(last, first) ? "" : " ", false)
    }
  }

  static func joined(_ upper: String, _ lower: String) -> String {
    let joint = joint(upper, lower)
    return String(String.UnicodeScalarView(upper.unicodeScalars.dropLast(joint.dropsHyphen ? 1 : 0))) + joint.text
      + lower
  }
}

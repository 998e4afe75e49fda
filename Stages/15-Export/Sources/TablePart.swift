import Contracts
import DocumentModel
import StageKit

/// One of the tables that an entry is put together from, each on its page.
struct TablePart {
  let id: ElementID
  /// How it goes on with the one before; nil for the first.
  let join: ReadingEntry.Join?
}

extension TablePart {
  /// The part's rows, every place covered exactly once; rows of a header that the first part has already are left out.
  ///
  /// - Parameters:
  ///   - base: the number of its first row.
  ///   - mends: whether that row is the rest of one on the page before: then it reaches no further.
  ///   - text: makes a cell's text of its runs.
  /// - Throws: `StageFailure` where an edited table is larger than any page holds.
  func rows(
    of table: ElementTable, columns: Int, base: Int, mends: Bool, text: ([InlineRun]) -> [InlineRun]
  ) throws -> [[TableGrid.Place]] {
    let skipped = skippedRows(of: table)
    let count = table.rows - skipped
    var work = 0
    var covered = [Bool](repeating: false, count: max(count * columns, 0))
    var rows = [[TableGrid.Place]](repeating: [], count: count)
    for cell in table.cells {
      guard (0..<table.rows).contains(cell.row), (0..<columns).contains(cell.column) else { continue }
      let top = max(cell.row, skipped) - skipped
      let reach = cell.row + min(cell.rowSpan, table.rows - cell.row) - skipped
      // What is left of a row cannot reach beyond it.
      let bottom = mends && top == 0 ? min(reach, 1) : reach
      let right = cell.column + min(cell.columnSpan, columns - cell.column)
      guard top < bottom, cell.column < right else { continue }
      work += (bottom - top) * (right - cell.column)
      guard work <= Self.mostWork else { throw Self.tooLarge(table) }
      let area = (top..<bottom).flatMap { row in (cell.column..<right).map { row * columns + $0 } }
      guard !area.contains(where: { covered[$0] }) else { continue }
      for place in area { covered[place] = true }
      rows[top].append(
        TableGrid.Place(
          row: base + top, column: cell.column, rowSpan: bottom - top, columnSpan: right - cell.column,
          header: cell.header, text: text(cell.runs.map { InlineRun($0, of: id) }).oneLine, box: cell.box,
          page: id.page))
    }
    for row in 0..<count {
      for column in 0..<columns where !covered[row * columns + column] {
        rows[row].append(
          TableGrid.Place(
            row: base + row, column: column, rowSpan: 1, columnSpan: 1, header: false, text: [], box: nil,
            page: id.page))
      }
      rows[row].sort { $0.column < $1.column }
    }
    return rows
  }

  /// - Parameter before: rows of the parts before it.
  /// - Throws: `StageFailure` where it is larger than any page holds, or with it the table is.
  func check(_ table: ElementTable, columns: Int, before: Int) throws {
    let count = table.rows - skippedRows(of: table)
    let (places, overflow) = count.multipliedReportingOverflow(by: columns)
    guard !overflow, places <= Self.mostPlaces, before + count <= Self.mostPlaces else { throw Self.tooLarge(table) }
  }

  private func skippedRows(of table: ElementTable) -> Int {
    join?.repeatsHeader ?? false ? min(max(table.headerRows, 0), table.rows) : 0
  }

  /// A page holds thousands of cells at most; an edit that says more is a slip.
  private static let mostPlaces = 1_000_000
  /// Cells that overlap can name more places than there are; a sound table names each once.
  private static let mostWork = 4_000_000

  private static func tooLarge(_ table: ElementTable) -> StageFailure {
    StageFailure(
      .outputTooLarge, "A table of \(table.rows) × \(table.columns) places is larger than any page holds.",
      hint: "Correct its rows, columns and spans in the checkpoint of assembly.")
  }
}

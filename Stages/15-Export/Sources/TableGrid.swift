import Contracts
import DocumentModel
import StageKit

/// A table of the document, the parts that pages tore apart put together; every place is covered exactly once.
struct TableGrid {
  struct Place {
    let row: Int
    let column: Int
    let rowSpan: Int
    let columnSpan: Int
    let header: Bool
    fileprivate(set) var text: [InlineRun]
    /// Where it stands, or begins; nil for a place that no cell covered.
    let box: BoundingBox?
    let page: Int
  }

  private(set) var columns = 0
  private(set) var headerRows = 0
  private(set) var stubColumns = 0
  /// For each row the cells that begin there, by column.
  private(set) var rows: [[Place]] = []
  /// The rows of each part; one that a page's end cuts belongs to both.
  private(set) var parts: [ElementStretch] = []

  /// Whether a cell covers more than one place.
  var hasSpans: Bool { rows.contains { $0.contains { $0.rowSpan > 1 || $0.columnSpan > 1 } } }

  /// - Parameters:
  ///   - parts: the entry's tables in order, each with how it goes on with the one before.
  ///   - text: makes a cell's text of its runs.
  /// - Throws: `StageFailure` where an edited table is larger than any page holds.
  init(
    _ parts: [(table: ElementTable, join: ReadingEntry.Join?, id: ElementID)],
    text: ([InlineRun]) -> [InlineRun] = { $0 }
  ) throws {
    guard let first = parts.first?.table else { return }
    columns = parts.map(\.table.columns).max() ?? 0
    headerRows = first.headerRows
    stubColumns = first.stubColumns
    for part in parts { try append(part.table, part.join, id: part.id, text) }
    headerRows = min(max(headerRows, 0), rows.count)
    stubColumns = min(max(stubColumns, 0), columns)
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

  private mutating func append(
    _ table: ElementTable, _ join: ReadingEntry.Join?, id: ElementID, _ text: ([InlineRun]) -> [InlineRun]
  ) throws {
    guard table.rows > 0, table.columns > 0 else { return }
    let skipped = join?.repeatsHeader ?? false ? min(max(table.headerRows, 0), table.rows) : 0
    let mends = join?.mendsRow ?? false && !rows.isEmpty
    let count = table.rows - skipped
    let (places, overflow) = count.multipliedReportingOverflow(by: columns)
    guard !overflow, places <= Self.mostPlaces, rows.count + count <= Self.mostPlaces else {
      throw Self.tooLarge(table)
    }
    let base = rows.count - (mends ? 1 : 0)
    var work = 0
    var covered = [Bool](repeating: false, count: max(places, 0))
    var added = [[Place]](repeating: [], count: count)
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
      added[top].append(
        Place(
          row: base + top, column: cell.column, rowSpan: bottom - top, columnSpan: right - cell.column,
          header: cell.header, text: text(cell.runs.map { InlineRun($0, of: id) }).oneLine, box: cell.box,
          page: id.page))
    }
    for row in 0..<count {
      for column in 0..<columns where !covered[row * columns + column] {
        added[row].append(
          Place(
            row: base + row, column: column, rowSpan: 1, columnSpan: 1, header: false, text: [], box: nil,
            page: id.page))
      }
      added[row].sort { $0.column < $1.column }
    }
    if mends, let rest = added.first { mend(with: rest) }
    rows += added.dropFirst(mends ? 1 : 0)
    parts.append(ElementStretch(element: id, range: base..<max(rows.count, base)))
  }

  /// Adds the rest of the last row, which stands on the next page, to its cells.
  private mutating func mend(with rest: [Place]) {
    for part in rest where !part.text.isEmpty {
      // Every place is covered by one cell, which may begin further up.
      for row in rows.indices.reversed() {
        guard let index = Self.cell(over: part.column, in: rows[row]) else { continue }
        rows[row][index].text = rows[row][index].text.goingOn(with: part.text)
        break
      }
    }
  }

  private static func cell(over column: Int, in row: [Place]) -> Int? {
    let next = row.partitioningIndex { $0.column > column }
    return next > 0 && column < row[next - 1].column + row[next - 1].columnSpan ? next - 1 : nil
  }
}

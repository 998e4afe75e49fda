import Contracts
import DocumentModel

/// Tables for tests.
enum MadeTable {
  /// A grid without spans.
  static func plain(_ rows: [[String]], headerRows: Int = 1, stubColumns: Int = 0) -> ElementTable {
    let cells = rows.enumerated().flatMap { row, texts in
      texts.enumerated().map { column, text in cell(row, column, text, header: row < headerRows) }
    }
    return ElementTable(
      index: 0, rows: rows.count, columns: rows.first?.count ?? 0, headerRows: headerRows, stubColumns: stubColumns,
      cells: cells)
  }

  /// Two header rows, the first with a cell over two columns, and a stub over two rows.
  static let spanned = ElementTable(
    index: 0, rows: 4, columns: 3, headerRows: 2, stubColumns: 1,
    cells: [
      cell(0, 0, "Region", rows: 2, header: true), cell(0, 1, "Sales & more", columns: 2, header: true),
      cell(1, 1, "2025", header: true), cell(1, 2, "2026", header: true),
      cell(2, 0, "North", rows: 2, header: true), cell(2, 1, "1"), cell(2, 2, "2"), cell(3, 1, "3"), cell(3, 2, "<4>"),
    ])

  static func cell(
    _ row: Int, _ column: Int, _ text: String, rows: Int = 1, columns: Int = 1, header: Bool = false
  ) -> ElementCell {
    ElementCell(
      row: row, column: column, rowSpan: rows, columnSpan: columns, header: header,
      box: BoundingBox(left: 0, top: 0, right: 1, bottom: 1), runs: text.isEmpty ? [] : [run(text)])
  }
}

import DocumentModel
import StageKit

/// A table as content: the grid of stage 6 with its cells' text as runs.
package struct ElementTable: Codable, Sendable, Hashable, SchemaDescribed {
  /// Index of the table in the page's stage 6.
  package let index: Int
  package let rows: Int
  package let columns: Int
  package let headerRows: Int
  package let stubColumns: Int
  /// Row by row; every place is covered by exactly one cell.
  package let cells: [ElementCell]

  package init(index: Int, rows: Int, columns: Int, headerRows: Int, stubColumns: Int, cells: [ElementCell]) {
    self.index = index
    self.rows = rows
    self.columns = columns
    self.headerRows = headerRows
    self.stubColumns = stubColumns
    self.cells = cells
  }

  package static let schema = Schema.object(
    "A table as content.",
    [
      .required("index", .integer("Index of the table in stage 6.", minimum: 0)),
      .required("rows", .integer("How many rows.", minimum: 1)),
      .required("columns", .integer("How many columns.", minimum: 1)),
      .required("headerRows", .integer("How many rows at the top are headers.", minimum: 0)),
      .required("stubColumns", .integer("How many columns at the left name their rows.", minimum: 0)),
      .required("cells", .list(ElementCell.self, "Cells, row by row.")),
    ])
}

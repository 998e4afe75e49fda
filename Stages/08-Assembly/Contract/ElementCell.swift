import DocumentModel
import StageKit

/// One cell of a table as content; row and column count from 0.
package struct ElementCell: Codable, Sendable, Hashable, SchemaDescribed {
  package let row: Int
  package let column: Int
  package let rowSpan: Int
  package let columnSpan: Int
  package let header: Bool
  package let box: BoundingBox
  package let runs: [TextRun]

  package init(
    row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1, header: Bool = false, box: BoundingBox,
    runs: [TextRun]
  ) {
    self.row = row
    self.column = column
    self.rowSpan = rowSpan
    self.columnSpan = columnSpan
    self.header = header
    self.box = box
    self.runs = runs
  }

  package var text: String { runs.map(\.text).joined() }

  package static let schema = Schema.object(
    "One cell as content.",
    [
      .required("row", .integer("Its first row.", minimum: 0)),
      .required("column", .integer("Its first column.", minimum: 0)),
      .required("rowSpan", .integer("How many rows it covers.", minimum: 1)),
      .required("columnSpan", .integer("How many columns it covers.", minimum: 1)),
      .required("header", .flag("Whether it names a row or a column.")), .required("box", .type(BoundingBox.self)),
      .required("runs", .list(TextRun.self, "Its text.")),
    ])
}

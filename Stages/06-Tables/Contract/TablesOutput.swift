import DocumentModel
import StageKit

/// The tables of one page.
package struct TablesOutput: StageOutput, Hashable {
  package static let stage = StageID.tables

  /// From top to bottom; no word is in two of them.
  package let tables: [Table]
  /// Areas that looked like tables and were refused.
  package let refused: [RefusedTable]

  package init(tables: [Table], refused: [RefusedTable]) {
    self.tables = tables
    self.refused = refused
  }

  package static let schema = Schema.object(
    "The tables of one page.",
    [
      .required("tables", .list(Table.self, "Tables, from top to bottom.")),
      .required("refused", .list(RefusedTable.self, "Areas that looked like tables and were refused.")),
    ])
}

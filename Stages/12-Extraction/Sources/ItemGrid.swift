import Contracts
import DocumentModel

/// Heads and rows of what may be a list of positions, be it a table or lines below a row of heads.
struct ItemGrid {
  struct Cell {
    var text: String
    let column: Int
    var columnSpan = 1
    var box: BoundingBox
    var words: [Int]
  }

  let page: Int
  /// The table's; nil where the rows were read from lines.
  let element: ElementID?
  let heads: [Int: String]
  let width: Int
  var rows: [[Cell]]
}

extension ItemGrid {
  /// - Returns: nil where a table has no two columns or nothing below its heads.
  init?(_ table: ElementTable, _ id: ElementID) {
    guard table.columns >= 2 else { return nil }
    var cells: [Int: [ElementCell]] = [:]
    for cell in table.cells { cells[cell.row, default: []].append(cell) }
    let headers = table.headerRows > 0 ? table.headerRows : Self.isPosition(cells[0] ?? []) ? 0 : 1
    var heads: [Int: String] = [:]
    for cell in table.cells.sorted(by: { ($0.column, $0.row) < ($1.column, $1.row) }) where cell.row < headers {
      heads[cell.column, default: ""] += " " + cell.text
    }
    let body = cells.keys.filter { $0 >= headers }.sorted().prefix(Self.most).map { cells[$0] ?? [] }
    guard !body.isEmpty else { return nil }
    self.init(
      page: id.page, element: id, heads: heads, width: table.columns,
      rows: body.map { row in
        row.map {
          Cell(
            text: $0.text, column: $0.column, columnSpan: $0.columnSpan, box: $0.box, words: $0.runs.flatMap(\.words))
        }
      })
  }

  /// A first row that no one marked as head and that has two amounts is a position.
  private static func isPosition(_ cells: [ElementCell]) -> Bool {
    cells.count { AmountScanner.amounts(in: Scalars($0.text)).contains { $0.decimals == 2 } } >= 2
  }

  private static let most = 2_000  // rows of a table
}

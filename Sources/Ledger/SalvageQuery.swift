/// The statements that carry a table's rows from a damaged ledger into a new one.
///
/// Artifacts are not among them: a row without its parts would count as a complete result. They are made again from the
/// objects, which say all of it themselves.
enum SalvageQuery: LedgerQuery {
  case read(SalvagedTable, descending: Bool)
  case write(SalvagedTable)

  static var allCases: [SalvageQuery] {
    SalvagedTable.allCases.flatMap { [.read($0, descending: false), .read($0, descending: true), .write($0)] }
  }

  var sql: String {
    switch self {
    case .read(let table, let descending):
      "SELECT \(table.columns.joined(separator: ", ")) FROM \(table.rawValue) NOT INDEXED ORDER BY "
        + table.key.map { $0 + (descending ? " DESC" : "") }.joined(separator: ", ")
    case .write(let table):
      "INSERT OR IGNORE INTO \(table.rawValue) (\(table.columns.joined(separator: ", "))) VALUES "
        + "(\(table.columns.map { _ in "?" }.joined(separator: ", ")))"
    }
  }
}

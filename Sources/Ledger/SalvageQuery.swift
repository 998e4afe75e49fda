/// The statements that carry a table's rows from a damaged ledger into a new one.
///
/// Artifacts are not among them: a row without its parts would count as a complete result. They are made again from the
/// objects, which say all of it themselves.
enum SalvageQuery: LedgerQuery {
  /// The columns are those of the table that the damaged ledger has: an older one lacks some.
  case read(SalvagedTable, columns: [String], descending: Bool)
  case write(SalvagedTable, columns: [String])

  static var allCases: [SalvageQuery] {
    SalvagedTable.allCases.flatMap { table in
      [
        .read(table, columns: table.columns, descending: false), .read(table, columns: table.columns, descending: true),
        .write(table, columns: table.columns),
      ]
    }
  }

  var sql: String {
    switch self {
    case .read(let table, let columns, let descending):
      "SELECT \(columns.joined(separator: ", ")) FROM \(table.rawValue) NOT INDEXED ORDER BY "
        + table.key.map { $0 + (descending ? " DESC" : "") }.joined(separator: ", ")
    case .write(let table, let columns):
      "INSERT OR IGNORE INTO \(table.rawValue) (\(columns.joined(separator: ", "))) VALUES "
        + "(\(columns.map { _ in "?" }.joined(separator: ", ")))"
    }
  }
}

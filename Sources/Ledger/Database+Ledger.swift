import GRDB

extension Database {
  /// Runs a statement that yields no rows.
  ///
  /// - Returns: how many rows it changed.
  @discardableResult
  func run(_ query: some LedgerQuery, _ arguments: StatementArguments) throws -> Int {
    try cachedStatement(sql: query.sql).execute(arguments: arguments)
    return changesCount
  }

  /// All rows of a statement, each read by the body at once.
  func all<Value>(
    _ query: some LedgerQuery, _ arguments: StatementArguments, _ read: (Row) throws -> Value
  ) throws -> [Value] {
    let rows = try Row.fetchCursor(cachedStatement(sql: query.sql), arguments: arguments)
    var values: [Value] = []
    while let row = try rows.next() { values.append(try read(row)) }
    return values
  }

  /// The first row of a statement.
  func first<Value>(
    _ query: some LedgerQuery, _ arguments: StatementArguments, _ read: (Row) throws -> Value
  ) throws -> Value? {
    try Row.fetchOne(cachedStatement(sql: query.sql), arguments: arguments).map(read)
  }

  /// Whether a statement yields a row.
  func exists(_ query: some LedgerQuery, _ arguments: StatementArguments) throws -> Bool {
    try first(query, arguments) { _ in true } ?? false
  }
}

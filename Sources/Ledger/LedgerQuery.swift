/// One of the SQL statements of this module: no other SQL is run after the migrations, so that one test can look at the
/// plan of every one.
protocol LedgerQuery: CaseIterable, Sendable {
  var sql: String { get }
}

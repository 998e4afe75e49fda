import GRDB
import GRDBSQLite
import StageKit

/// Ends the statements of one connection that take too long, and those of no other.
enum StatementDeadline {
  /// Steps of SQLite's machine between two looks at the clock: a fraction of a millisecond.
  private static let steps: Int32 = 1000

  /// - Throws: `StageFailure` with `timed_out`, or what `body` throws.
  static func limit<Value>(_ database: Database, to time: Duration, _ body: () throws -> Value) throws -> Value {
    var deadline = ContinuousClock.now + time
    do {
      return try withUnsafeMutablePointer(to: &deadline) { pointer in
        sqlite3_progress_handler(
          database.sqliteConnection, steps,
          { context in
            guard let deadline = context?.load(as: ContinuousClock.Instant.self) else { return 0 }
            return deadline < .now ? 1 : 0
          }, pointer)
        defer { sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil) }
        return try body()
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT && deadline < .now {
      throw StageFailure(
        .timedOut, "The search took too long.", hint: "Look for rarer words.", retryable: true)
    }
  }
}

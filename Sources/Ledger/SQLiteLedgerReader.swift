import Foundation
import GRDB

/// Reads a ledger that another process may own: one read-only connection, which sees what was committed when a question
/// is asked.
///
/// A reader needs the WAL's shared memory and makes it where no owner has, so it must be allowed to write to the
/// folder; it never changes the ledger's own file.
package final class SQLiteLedgerReader: SQLiteReading {
  package let connections: any DatabaseReader

  /// - Throws: `LedgerFailure.missing`, `LedgerFailure.tooNew`, `LedgerFailure.tooOld`, or what SQLite says.
  package init(path: String) throws {
    // SQLite says "unable to open" for this and for much else.
    guard FileManager.default.fileExists(atPath: path) else { throw LedgerFailure.missing(path: path) }
    connections = try LedgerFailure.translating {
      let queue = try DatabaseQueue(path: path, configuration: .ledger(readOnly: true))
      try queue.read(LedgerSchema.check)
      return queue
    }
  }
}

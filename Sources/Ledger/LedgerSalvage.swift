import GRDB

/// Carries what can still be read of a damaged ledger into a new one.
///
/// Each table is read from its beginning up to the first page that fails, and from its end back to the last one.
package struct LedgerSalvage: Sendable {
  private let damaged: String

  /// - Parameter path: the damaged file; it is only read.
  package init(from path: String) { damaged = path }

  /// Everything, from a ledger that is damaged.
  ///
  /// - Returns: how many rows were saved, and whether every table could be read to its end.
  package func save(into ledger: LedgerInspection) throws -> (rows: Int, isComplete: Bool) {
    save(SalvagedTable.allCases, into: ledger)
  }

  /// Keys, usage, answers and webhooks only: what a ledger that is made from objects and descriptions would lack.
  package func saveWhatIsNowhereElse(into ledger: LedgerInspection) -> (rows: Int, isComplete: Bool) {
    save(SalvagedTable.knownNowhereElse, into: ledger)
  }

  private func save(_ tables: [SalvagedTable], into ledger: LedgerInspection) -> (rows: Int, isComplete: Bool) {
    // Where not even the file's head can be read, nothing can.
    guard let source = try? DatabaseQueue(path: damaged, configuration: .ledger(readOnly: true)) else {
      return (0, false)
    }
    var rows = 0
    var isComplete = true
    for table in tables {
      let (count, reachedEnd) = Self.copy(table, from: source, to: ledger, descending: false)
      rows += count
      if !reachedEnd {
        isComplete = false
        rows += Self.copy(table, from: source, to: ledger, descending: true).rows
      }
    }
    return (rows, isComplete)
  }

  /// Rows in one transaction: bounds what is held in memory.
  private static let step = 500

  private static func copy(
    _ table: SalvagedTable, from source: DatabaseQueue, to ledger: LedgerInspection, descending: Bool
  ) -> (rows: Int, reachedEnd: Bool) {
    var saved = 0
    var batch: [[DatabaseValue]] = []
    var columns: [String] = []
    func flush() throws {
      let rows = batch
      batch = []
      saved += try ledger.save(rows, of: columns, into: table)
    }
    do {
      try source.read { database in
        // What an older ledger does not have gets its default.
        let there = Set(try database.columns(in: table.rawValue).map(\.name))
        columns = table.columns.filter(there.contains)
        let query = SalvageQuery.read(table, columns: columns, descending: descending)
        let rows = try Row.fetchCursor(database, sql: query.sql)
        while let row = try rows.next() {
          batch.append(Array(row.databaseValues))
          if batch.count == step { try flush() }
        }
      }
      try flush()
      return (saved, true)
    } catch {
      // Only what comes before the bad page counts; what the new file refuses is told by the count.
      try? flush()
      return (saved, false)
    }
  }
}

extension LedgerInspection {
  /// Rows of other tables may come later, so foreign keys are looked at when all is there.
  fileprivate func save(_ rows: [[DatabaseValue]], of columns: [String], into table: SalvagedTable) throws -> Int {
    try LedgerFailure.translating {
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA foreign_keys = OFF")
        defer {
          // Fails only within a transaction, and none is open here.
          try? database.execute(sql: "PRAGMA foreign_keys = ON")
        }
        var saved = 0
        try database.inTransaction {
          for row in rows {
            saved += try database.run(SalvageQuery.write(table, columns: columns), StatementArguments(row))
          }
          return .commit
        }
        return saved
      }
    }
  }
}

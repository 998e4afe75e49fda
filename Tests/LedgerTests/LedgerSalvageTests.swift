import Checkpoints
import Foundation
import GRDB
import StageKit
import TestSupport
import Testing

@testable import Ledger

@Suite("What is saved from a damaged ledger")
struct LedgerSalvageTests {
  /// Rows of what nothing but the ledger knows; `?1` is a job.
  private static let rows = [
    """
    INSERT INTO api_keys (id, name, role, salt, hash, rate, burst, concurrency, created, revoked)
    VALUES ('k1', 'ann', 'submit', x'0102', x'0304', 2.5, 7, 3, 10.5, NULL), ('k2', 'bob', 'read', x'05', x'06',
      NULL, NULL, NULL, 11.5, 12.5)
    """,
    """
    INSERT INTO answers (scope, key, fingerprint, status, content_type, location, body, expires)
    VALUES ('k1', 'again', 'ff', 202, 'application/json', '/api/v1/jobs/a', x'7b7d', 2e9)
    """,
    "INSERT INTO usage (owner, day, documents, pages, bytes, cpu_seconds) VALUES ('ann', '2026-01-31', 1, 2, 3, 4.5)",
    "INSERT INTO webhooks (job, owner, url, secret, disabled) VALUES (?1, 'ann', 'http://a/', 'whsec_x', NULL)",
    """
    INSERT INTO deliveries (job, seq, state, job_state, at, page_count, failure, attempts, due)
    VALUES (?1, 4, 'pending', 'completed', 5.5, 2, NULL, 1, 6.5)
    """,
    """
    INSERT INTO delivery_attempts (job, seq, attempt, at, status, error, seconds)
    VALUES (?1, 4, 1, 5.75, 500, NULL, 0.5)
    """,
    "UPDATE jobs SET trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' WHERE id = ?1",
  ]

  private static func contents(_ database: Database) throws -> [SalvagedTable: [[DatabaseValue]]] {
    var contents: [SalvagedTable: [[DatabaseValue]]] = [:]
    for table in SalvagedTable.allCases {
      contents[table] = try Row.fetchAll(
        database, sql: SalvageQuery.read(table, columns: table.columns, descending: false).sql
      )
      .map { Array($0.databaseValues) }
    }
    return contents
  }

  @Test("keys, usage, answers, webhooks and traces are as they were, and those of no job go")
  func everything() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    try await bench.pool.write { database in
      for sql in Self.rows {
        try database.execute(sql: sql, arguments: sql.contains("?1") ? [job.text] : StatementArguments())
      }
    }
    let before = try await bench.pool.read { try Self.contents($0) }
    #expect(SalvagedTable.knownNowhereElse.allSatisfy { before[$0]?.isEmpty == false })
    let (folder, path) = try bench.copyFiles()
    defer { withExtendedLifetime(folder) {} }

    let whole = try LedgerInspection(path: folder.file("whole.sqlite").path, writable: true)
    #expect(try LedgerSalvage(from: path).save(into: whole).isComplete)
    try whole.mend()
    #expect(try whole.read { try Self.contents($0) } == before)

    // Without its job a webhook has nothing to tell.
    let part = try LedgerInspection(path: folder.file("part.sqlite").path, writable: true)
    #expect(LedgerSalvage(from: path).saveWhatIsNowhereElse(into: part).isComplete)
    try part.mend()
    let kept = try part.read { try Self.contents($0) }
    for table in [SalvagedTable.keys, .answers, .usage] { #expect(kept[table] == before[table]) }
    for table in [SalvagedTable.webhooks, .deliveries, .deliveryAttempts] { #expect(kept[table] == []) }
  }

  @Test("rows of an older ledger are saved, too, with what it did not know left open")
  func older() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let unit = UnitID(.ocr, .page(1))
    try await bench.ledger.apply([.units(job, [UnitRecord(unit: unit)])])
    let (lease, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: 1)
    try await bench.ledger.complete(lease, [.attempt(lease, .succeeded, AttemptUse(cpuSeconds: 2, workSeconds: 3))])
    try await bench.pool.write { database in
      for column in ["queue_seconds", "spawn_seconds", "work_seconds", "store_seconds"] {
        try database.execute(sql: "ALTER TABLE attempts DROP COLUMN \(column)")
      }
      try database.execute(sql: "ALTER TABLE pins DROP COLUMN length")
    }
    let (folder, path) = try bench.copyFiles()
    defer { withExtendedLifetime(folder) {} }
    let saved = try LedgerInspection(path: folder.file("saved.sqlite").path, writable: true)
    #expect(try LedgerSalvage(from: path).save(into: saved).isComplete)
    let attempts = try saved.read { try Row.fetchAll($0, sql: "SELECT cpu_seconds, work_seconds FROM attempts") }
    #expect(attempts.count == 1)
    #expect(attempts.first?["cpu_seconds"] == 2.0)
    #expect(attempts.first?["work_seconds"] == DatabaseValue.null)
  }
}

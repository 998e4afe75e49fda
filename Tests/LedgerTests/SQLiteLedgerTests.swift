import Checkpoints
import Foundation
import GRDB
import Ledger
import StageKit
import Synchronization
import TestSupport
import Testing

@Suite("The ledger's file")
struct SQLiteLedgerTests {
  @Test(
    "the writer syncs every commit, in WAL mode, with foreign keys",
    arguments: [
      ("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1"), ("busy_timeout", "5000"),
      ("wal_autocheckpoint", "4000"), ("journal_size_limit", "67108864"),
    ])
  func pragma(name: String, value: String) throws {
    let bench = try LedgerBench()
    let found = try bench.pool.writeWithoutTransaction { try String.fetchOne($0, sql: "PRAGMA \(name)") }
    #expect(found == value)
  }

  @Test("a reader of the pool cannot write")
  func readerConnections() throws {
    let bench = try LedgerBench()
    #expect(throws: DatabaseError.self) {
      try bench.pool.unsafeRead { try $0.execute(sql: "DELETE FROM counters") }
    }
  }

  @Test("what was acknowledged is in the files although nobody closed them")
  func survivesCrash() async throws {
    let bench = try LedgerBench()
    let unit = UnitID(.ocr, .page(1))
    let job = try await bench.job(units: [unit])
    let (lease, _) = try await bench.ledger.lease(unit, of: job, key: digest("k"), owner: "me", worker: 1)
    let copy = try bench.copyFiles()
    let reopened = try SQLiteLedger(path: copy.path, clock: bench.clock)
    #expect(try await reopened.job(job) == bench.ledger.job(job))
    #expect(try await reopened.events(of: job, since: 0, limit: 10).map(\.seq) == [1, 2])
    try await reopened.complete(lease, [.attempt(lease, .succeeded, AttemptUse())])
    #expect(try await reopened.attempts(of: job, unit: unit).map(\.outcome) == [.succeeded])
    withExtendedLifetime(copy.folder) {}
  }

  @Test("closing moves all into one file and refuses what comes after")
  func closing() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    try await bench.ledger.close()
    try await bench.ledger.close()
    #expect(!FileManager.default.fileExists(atPath: bench.path + "-wal"))
    await #expect(throws: LedgerFailure.closed) { try await bench.ledger.bury(job) }
    await #expect(throws: LedgerFailure.closed) { _ = try await bench.ledger.job(job) }
    let reopened = try SQLiteLedger(path: bench.path, clock: bench.clock)
    #expect(try await reopened.job(job)?.manifest.id == job)
  }

  @Test("writes that wait when the ledger is closed are either done or refused, never lost")
  func closingUnderLoad() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let acknowledged = await withTaskGroup(of: Bool.self) { group in
      for page in 1...200 {
        group.addTask {
          do {
            try await bench.ledger.apply([.units(job, [UnitRecord(unit: UnitID(.ocr, .page(page)))])])
            return true
          } catch {
            #expect(error as? LedgerFailure == .closed)
            return false
          }
        }
        if page == 100 {
          group.addTask {
            await #expect(throws: Never.self) { try await bench.ledger.close() }
            return false
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    let reopened = try SQLiteLedger(path: bench.path, clock: bench.clock)
    #expect(try await reopened.units(of: job).count == acknowledged)
  }

  @Test("a file of a newer Sheaf is refused by name and left as it is")
  func tooNew() async throws {
    let bench = try LedgerBench()
    try await bench.ledger.close()
    try await DatabaseQueue(path: bench.path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('ledger-999')")
    }
    #expect(throws: LedgerFailure.tooNew(version: "ledger-999")) { try SQLiteLedger(path: bench.path) }
    #expect(throws: LedgerFailure.tooNew(version: "ledger-999")) { try SQLiteLedgerReader(path: bench.path) }
  }

  @Test("a file that is no database is told as corrupt")
  func noDatabase() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite").path
    try Data(repeating: 0x41, count: 9000).write(to: URL(fileURLWithPath: path))
    #expect {
      try SQLiteLedger(path: path)
    } throws: { error in
      if case LedgerFailure.corrupt = error { true } else { false }
    }
  }

  @Test("a row that no Sheaf writes is told as corrupt, not a trap")
  func strangeRow() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job(units: [UnitID(.ocr, .page(1))])
    try await bench.pool.write { try $0.execute(sql: "UPDATE units SET state = 'dreaming'") }
    try await bench.pool.write { try $0.execute(sql: "UPDATE jobs SET settings = '{\"formats\":7}'") }
    for read in [
      { _ = try await bench.ledger.units(of: job) }, { _ = try await bench.ledger.job(job) },
    ] as [() async throws -> Void] {
      await #expect {
        try await read()
      } throws: { error in
        if case LedgerFailure.corrupt = error { true } else { false }
      }
    }
  }
}

import Checkpoints
import Foundation
import GRDB
import Ledger
import StageKit
import TestSupport
import Testing

@Suite("Reading beside an owner")
struct SQLiteLedgerReaderTests {
  @Test("a reader sees each commit of a living writer")
  func besideWriter() async throws {
    let bench = try LedgerBench()
    let reader = try SQLiteLedgerReader(path: bench.path)
    #expect(try await reader.jobs(states: nil, before: nil, limit: 10).isEmpty)
    let job = try await bench.job(units: [UnitID(.ingest)])
    #expect(try await reader.job(job) == bench.ledger.job(job))
    try await bench.ledger.apply([.jobPages(job, 9)])
    #expect(try await reader.job(job)?.pageCount == 9)
    #expect(try await reader.units(of: job).count == 1)
  }

  @Test("a reader works after a clean end and after a crash", arguments: [true, false])
  func withoutWriter(clean: Bool) async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    var copy: (folder: TemporaryFolder, path: String)?
    if clean { try await bench.ledger.close() } else { copy = try bench.copyFiles() }
    let path = copy?.path ?? bench.path
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let reader = try SQLiteLedgerReader(path: path)
    #expect(try await reader.job(job)?.manifest.id == job)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    // An owner may come while the reader is there.
    let owner = try SQLiteLedger(path: path, clock: bench.clock)
    try await owner.apply([.jobPages(job, 5)])
    #expect(try await reader.job(job)?.pageCount == 5)
    try await owner.close()
    #expect(try await reader.job(job)?.pageCount == 5)
    withExtendedLifetime(copy?.folder) {}
  }

  @Test("a missing ledger is told as missing and not made")
  func missing() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite").path
    #expect(throws: LedgerFailure.missing(path: path)) { try SQLiteLedgerReader(path: path) }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("a file that no owner has set up yet is told as too old")
  func notSetUp() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("ledger.sqlite").path
    try await DatabaseQueue(path: path).write { try $0.execute(sql: "CREATE TABLE something (x)") }
    #expect {
      try SQLiteLedgerReader(path: path)
    } throws: { error in
      if case LedgerFailure.tooOld = error { true } else { false }
    }
  }

  @Test("a snapshot read neither waits for a write nor holds one up")
  func snapshot() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let pool = try bench.pool
    let counts = try await pool.read { database in
      let before = try Int.fetchOne(database, sql: "SELECT count(*) FROM units")
      let written = DispatchSemaphore(value: 0)
      Task.detached {
        try await bench.ledger.apply([.units(job, [UnitRecord(unit: UnitID(.ingest))])])
        written.signal()
      }
      #expect(written.wait(timeout: .now() + 20) == .success)
      return [before, try Int.fetchOne(database, sql: "SELECT count(*) FROM units")]
    }
    #expect(counts == [0, 0])
    #expect(try await bench.ledger.units(of: job).count == 1)
  }
}

import Checkpoints
import GRDB
import Ledger
import StageKit
import TestSupport
import Testing

@Suite("Deleting jobs")
struct DeletionTests {
  private static let tables = [
    "jobs", "units", "attempts", "events", "leases", "pins", "artifacts", "artifact_parts", "artifact_gaps",
    "artifact_files", "documents",
  ]

  private func rows(_ bench: LedgerBench) async throws -> [String: Int] {
    try await bench.pool.read { database in
      try Dictionary(
        uniqueKeysWithValues: Self.tables.map { table in
          (table, try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? -1)
        })
    }
  }

  /// A job with pages that were tried twice under their keys, more of them than one step removes.
  private func fill(_ bench: LedgerBench, _ number: Int, pages: ClosedRange<Int>, keys: String) async throws -> JobID {
    let job = try await bench.job(number, source: "source \(keys)", units: pages.map { UnitID(.ocr, .page($0)) })
    let owner = "me"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for page in pages {
        group.addTask {
          let unit = UnitID(.ocr, .page(page))
          for name in ["\(keys) first \(page)", "\(keys) \(page)"] {
            let record = artifact(name, unit: unit)
            let (lease, _) = try await bench.ledger.lease(unit, of: job, key: record.key, owner: owner, worker: nil)
            try await bench.ledger.complete(
              lease,
              [
                .artifact(record), .units(job, [UnitRecord(unit: unit, state: .done, key: record.key)]),
                .attempt(lease, .succeeded, AttemptUse()),
              ])
          }
        }
      }
      try await group.waitForAll()
    }
    let pin = PinEntry(
      job: job, unit: UnitID(.ocr, .page(1)), basedOn: nil, content: digest("c"), object: digest("pin \(number)"),
      who: "anna", at: 1, why: "")
    try await bench.ledger.apply([.pin(pin)])
    return job
  }

  @Test("a deleted job leaves no row behind, and takes none of another's")
  func removesRows() async throws {
    let bench = try LedgerBench()
    let kept = try await fill(bench, 1, pages: 1...20, keys: "kept")
    let before = try await rows(bench)
    let deleted = try await fill(bench, 2, pages: 1...700, keys: "own")
    // It also used what the first job made.
    let shared = artifact("kept 5").key
    try await bench.ledger.apply([
      .units(deleted, [UnitRecord(unit: UnitID(.layout), state: .done, key: shared, reused: true)])
    ])
    await #expect(throws: LedgerFailure.jobNotBuried(deleted)) { try await bench.ledger.removeRows(of: deleted) }
    try await bench.ledger.bury(deleted)
    try await bench.ledger.bury(deleted)
    #expect(try await bench.ledger.job(deleted)?.deleted == true)
    try await bench.ledger.removeRows(of: deleted)
    #expect(try await rows(bench) == before)
    #expect(try await bench.ledger.job(deleted) == nil)
    #expect(try await bench.ledger.tombstones().isEmpty)
    #expect(try await bench.ledger.artifact(key: shared) != nil)
    #expect(try await bench.ledger.units(of: kept).count == 20)
    try await bench.ledger.removeRows(of: deleted)
  }

  @Test("an artifact goes with the last job that names it")
  func sharedArtifacts() async throws {
    let bench = try LedgerBench()
    let record = artifact("shared")
    for number in 1...2 {
      let job = try await bench.job(number)
      try await bench.ledger.apply([
        .artifact(record), .units(job, [UnitRecord(unit: UnitID(.ocr, .page(7)), state: .done, key: record.key)]),
      ])
    }
    var known: [Bool] = []
    for number in 1...2 {
      #expect(try await bench.ledger.hasJobs(source: digest("source")))
      try await bench.ledger.bury(jobID(number))
      try await bench.ledger.removeRows(of: jobID(number))
      known.append(try await bench.ledger.knowsObject(record.checkpoint.file.digest))
    }
    #expect(known == [true, false])
    #expect(try await !bench.ledger.hasJobs(source: digest("source")))
    #expect(try await rows(bench).values.allSatisfy { $0 == 0 })
  }

  @Test("burying an unknown job says so")
  func unknownJob() async throws {
    let bench = try LedgerBench()
    await #expect(throws: LedgerFailure.jobNotFound(jobID(3))) { try await bench.ledger.bury(jobID(3)) }
  }
}

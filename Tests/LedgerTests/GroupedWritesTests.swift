import Checkpoints
import GRDB
import Ledger
import StageKit
import Synchronization
import TestSupport
import Testing

@Suite("Writes that share a transaction")
struct GroupedWritesTests {
  /// Counts commits, and refuses them on demand as a full disk would.
  private final class CommitObserver: TransactionObserver, Sendable {
    private let state = Mutex((commits: 0, refuses: false))
    var commits: Int { state.withLock { $0.commits } }

    func refuse(_ refuses: Bool) { state.withLock { $0.refuses = refuses } }
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws {
      if state.withLock({ $0.refuses }) { throw DatabaseError(resultCode: .SQLITE_FULL) }
    }
    func databaseDidCommit(_ db: Database) { state.withLock { $0.commits += 1 } }
    func databaseDidRollback(_ db: Database) {}
  }

  @Test("a thousand concurrent writers need few commits, and all of it is durable")
  func thousandWriters() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let observer = CommitObserver()
    try bench.pool.add(transactionObserver: observer, extent: .observerLifetime)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for page in 1...1000 {
        group.addTask {
          let unit = UnitID(.ocr, .page(page))
          let events = try await bench.ledger.apply([
            .units(job, [UnitRecord(unit: unit)]),
            .event(JobEvent(job: job, kind: .unitReused, unit: unit, state: "done")),
          ])
          #expect(events.count == 1)
        }
      }
      try await group.waitForAll()
    }
    #expect(observer.commits > 0)
    #expect(observer.commits < 250)
    let copy = try bench.copyFiles()
    let reopened = try SQLiteLedger(path: copy.path, clock: bench.clock)
    #expect(try await reopened.units(of: job).map(\.unit) == (1...1000).map { UnitID(.ocr, .page($0)) })
    #expect(try await reopened.events(of: job, since: 0, limit: 2000).map(\.seq) == Array(1...1001))
    withExtendedLifetime(copy.folder) {}
  }

  @Test("one poisoned write among a hundred fails alone and leaves nothing")
  func poisonedWrite() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let failures = await withTaskGroup(of: (Int, (any Error)?).self) { group in
      for page in 1...100 {
        group.addTask {
          let unit = UnitID(.ocr, .page(page))
          var changes: [LedgerChange] = [
            .units(job, [UnitRecord(unit: unit)]), .artifact(artifact("\(page)", unit: unit)),
            .jobPages(job, page == 42 ? 42 : 1),
            .event(JobEvent(job: job, kind: .unitReused, unit: unit, state: "done")),
          ]
          if page == 42 { changes.append(.event(JobEvent(job: jobID(999), kind: .jobState, state: "running"))) }
          do { try await bench.ledger.apply(changes) } catch { return (page, error) }
          return (page, nil)
        }
      }
      return await group.reduce(into: [Int: any Error]()) { $0[$1.0] = $1.1 }
    }
    #expect(failures.keys.sorted() == [42])
    #expect(failures[42] as? LedgerFailure == .jobNotFound(jobID(999)))
    #expect(try await bench.ledger.units(of: job).count == 99)
    #expect(try await bench.ledger.artifact(key: artifact("42").key) == nil)
    let events = try await bench.ledger.events(of: job, since: 0, limit: 1000)
    #expect(events.map(\.seq) == Array(1...100))
    #expect(!events.contains { $0.unit == UnitID(.ocr, .page(42)) })
    let record = try await bench.ledger.job(job)
    #expect(record?.seq == 100)
    #expect(record?.pageCount == 1)
  }

  @Test("a failed commit fails every write of its transaction, and the ledger goes on")
  func failedCommit() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let observer = CommitObserver()
    try bench.pool.add(transactionObserver: observer, extent: .observerLifetime)
    observer.refuse(true)
    await withTaskGroup(of: Void.self) { group in
      for page in 1...50 {
        group.addTask {
          await #expect {
            try await bench.ledger.apply([.units(job, [UnitRecord(unit: UnitID(.ocr, .page(page)))])])
          } throws: { error in
            if case LedgerFailure.storage(_, outOfDisk: true) = error { true } else { false }
          }
        }
      }
    }
    #expect(try await bench.ledger.units(of: job).isEmpty)
    observer.refuse(false)
    try await bench.ledger.apply([.units(job, [UnitRecord(unit: UnitID(.layout))])])
    #expect(try await bench.ledger.units(of: job).count == 1)
  }

  @Test("a full disk fails the writes that need room as out of disk, and all is well once there is room")
  func fullDisk() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let pool = try bench.pool
    try await pool.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + 8)")
    }
    let failed = await withTaskGroup(of: Bool.self) { group in
      for page in 1...100 {
        group.addTask {
          do {
            try await bench.ledger.apply([
              .artifact(artifact("\(page)")), .units(job, [UnitRecord(unit: UnitID(.ocr, .page(page)))]),
            ])
            return false
          } catch {
            guard case LedgerFailure.storage(_, outOfDisk: true) = error else {
              Issue.record(error)
              return false
            }
            return true
          }
        }
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(failed > 0)
    let keys = (1...100).map { artifact("\($0)").key }
    #expect(try await bench.ledger.artifacts(keys: keys).count == 100 - failed)
    #expect(try await bench.ledger.units(of: job).count == 100 - failed)
    try await pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
    try await bench.ledger.apply([.artifact(artifact("1000")), .artifact(artifact("1001"))])
    #expect(try await bench.ledger.artifact(key: artifact("1001").key) == artifact("1001"))
  }

  @Test("each caller's writes are applied in its order, whatever its priority")
  func order() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for caller in 1...20 {
        group.addTask(priority: caller.isMultiple(of: 2) ? .high : .background) {
          for turn in 1...25 {
            let unit = UnitID(.ocr, .page(caller))
            try await bench.ledger.apply([
              .event(JobEvent(job: job, kind: .unitRetried, unit: unit, state: "ready", attempt: turn))
            ])
          }
        }
      }
      try await group.waitForAll()
    }
    let events = try await bench.ledger.events(of: job, since: 1, limit: 1000)
    #expect(events.map(\.seq) == Array(2...501))
    for caller in 1...20 {
      #expect(events.filter { $0.unit == UnitID(.ocr, .page(caller)) }.map(\.attempt) == Array(1...25))
    }
  }

  @Test("a cancelled task's writes and reads are done all the same")
  func cancelled() async throws {
    let bench = try LedgerBench()
    let job = try await bench.job()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await bench.ledger.apply([.jobState(job, .cancelled, nil)])
      return try await bench.ledger.job(job)
    }
    task.cancel()
    #expect(try await task.value?.manifest.state == .cancelled)
  }
}

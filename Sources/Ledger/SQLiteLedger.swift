import GRDB
import Threads

/// The embedded ledger: one SQLite file, and the one writer to it.
///
/// Writes that wait while a transaction commits share the next one, each in its own savepoint: a commit costs a sync of
/// the disk, so sharing it is what makes durable writes cheap. An acknowledged write survives loss of power. Reads have
/// connections of their own and wait for no write.
///
/// One process at a time may own the file; the lock of the data folder sees to that.
package actor SQLiteLedger {
  private let thread: SerialThread
  private let pool: DatabasePool
  nonisolated let clock: any LedgerClock
  /// In order of arrival. As long as there are callers: each one waits for its answer.
  private var waiting: [any PendingWrite] = []
  private var isScheduled = false
  private var isClosed = false

  /// Opens the file, or makes it, and brings it up to date.
  ///
  /// - Parameter reservesLog: whether room for its write-ahead log is made at once (16 MiB), for one that stays open.
  /// - Throws: `LedgerFailure.tooNew`, `LedgerFailure.corrupt`, `LedgerFailure.storage`.
  package init(path: String, clock: any LedgerClock = SystemClock(), reservesLog: Bool = false) throws {
    let pool = try LedgerFailure.translating {
      let pool = try LedgerProtection.open(path) {
        try DatabasePool(path: path, configuration: .ledger(readOnly: false))
      }
      try LedgerSchema.migrate(pool)
      // DatabasePool sets NORMAL as its last step, which may lose acknowledged commits at a loss of power.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      if reservesLog { LogReservation.make(beside: path, length: Configuration.logReservation) }
      return pool
    }
    self.pool = pool
    self.clock = clock
    do {
      thread = try .start("sheaf-ledger")
    } catch {
      throw LedgerFailure.storage(message: error.description, outOfDisk: false)
    }
  }

  deinit { thread.stop() }

  package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  /// Commits what waits, moves the WAL into the file and closes it; every later call throws `LedgerFailure.closed`.
  package func close() throws {
    guard !isClosed else { return }
    isClosed = true
    while !waiting.isEmpty { commitBatch() }
    try LedgerFailure.translating {
      // Waits for reads under way; with readers left, the checkpoint could not truncate the WAL.
      pool.releaseMemory()
      do {
        _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      } catch DatabaseError.SQLITE_BUSY, DatabaseError.SQLITE_LOCKED {
        // Another process is reading: the WAL stays, complete and durable, and the next owner goes on with it.
      }
      try pool.close()
    }
  }

  /// Runs the body in the next transaction and returns once that is durable.
  func write<Value: Sendable>(
    _ body: @escaping @Sendable (LedgerTransaction) throws -> Value
  ) async throws -> Value {
    guard !isClosed else { throw LedgerFailure.closed }
    let began = ContinuousClock.now
    defer { LedgerMeter.written(since: began) }
    return try await withCheckedThrowingContinuation { continuation in
      waiting.append(WriteRequest(body, continuation: continuation))
      schedule()
    }
  }

  /// Enqueues a commit behind the calls that this actor has already been sent: they all share it.
  private func schedule() {
    guard !isScheduled, !waiting.isEmpty else { return }
    isScheduled = true
    // Ends with its batch; whoever waits for the batch waits for it.
    Task {
      isScheduled = false
      commitBatch()
      schedule()
    }
  }

  /// One transaction. Nothing is awaited between BEGIN and COMMIT, so nothing of this actor runs between them.
  private func commitBatch() {
    let batch = Array(waiting.prefix(Self.batchLimit))
    waiting.removeFirst(batch.count)
    guard !batch.isEmpty else { return }
    let now = clock.now()
    let began = ContinuousClock.now
    var failure: (any Error)?
    do {
      try pool.writeWithoutTransaction { database in try Self.commit(batch, to: database, now: now) }
    } catch {
      failure = LedgerFailure.translate(error)
    }
    LedgerMeter.committed(batch.count, since: began)
    for write in batch { write.finish(failure) }
  }

  private static func commit(_ batch: [any PendingWrite], to database: Database, now: Double) throws {
    try database.beginTransaction(.immediate)
    do {
      for write in batch {
        let failure = write.run(in: database, now: now, isAlone: batch.count == 1)
        // A full disk or a failed write may end the whole transaction, and the next write would commit alone.
        // https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
        guard database.isInsideTransaction else { throw failure ?? DatabaseError(resultCode: .SQLITE_ABORT) }
        // Its caller is told that failure; nothing else was to be written.
        if failure != nil, batch.count == 1 { return try database.rollback() }
      }
      try database.commit()
    } catch {
      // The transaction may be gone already; the first error is the one to tell.
      if database.isInsideTransaction { try? database.rollback() }
      throw error
    }
  }

  /// Writes in one transaction: bounds how long the first of them waits for the last, at 50 to 170 µs each.
  private static let batchLimit = 256
}

extension SQLiteLedger: SQLiteReading {
  package nonisolated var connections: any DatabaseReader { pool }
}

import Checkpoints
import Foundation
import GRDB
import StageKit

/// The full text of finished jobs, page by page: one SQLite file beside the ledger, which can be made again at any time
/// and is made again where it cannot be read.
///
/// Any process may read and write it; SQLite lets one write at a time.
package struct SearchIndex: Sendable {
  private let pool: DatabasePool

  package static func exists(in folder: DataFolder) -> Bool {
    FileManager.default.fileExists(atPath: folder.search)
  }

  /// Opens the index, or makes it.
  ///
  /// - Throws: `StageFailure`.
  package init(in folder: DataFolder) throws {
    let path = folder.search
    do {
      pool = try Self.open(path)
    } catch let error as DatabaseError where Self.isBeyondRepair(error) {
      try Self.remove(in: folder)
      pool = try Self.translating { try Self.open(path) }
    } catch {
      throw Self.failure(error)
    }
  }

  /// Removes the file, so that the next index begins from nothing.
  package static func remove(in folder: DataFolder) throws {
    for suffix in ["", "-wal", "-shm", "-journal"] where unlink(folder.search + suffix) != 0 && errno != ENOENT {
      throw StageFailure(.inputOutput, "The search index could not be removed (errno \(errno)).")
    }
  }

  /// Begins from nothing, for whoever has it open, too.
  package func clear() async throws {
    try await write { database in
      for table in ["words", "pages", "jobs"] { try database.execute(sql: "DROP TABLE IF EXISTS \(table)") }
      try database.execute(sql: SearchSchema.sql)
    }
  }

  package func close() throws { try Self.translating { try pool.close() } }

  package func pageCount() async throws -> Int {
    try await read { try $0.rows(.countPages, []).first?[0] ?? 0 }
  }

  /// - Parameter patience: how long it may take once a connection is its own; other reads and writes go on meanwhile.
  /// - Throws: `StageFailure`; `timed_out` beyond `patience`.
  func read<Value: Sendable>(
    within patience: Duration? = nil, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws -> Value {
    do {
      return try await pool.read { database in
        guard let patience else { return try body(database) }
        return try StatementDeadline.limit(database, to: patience) { try body(database) }
      }
    } catch {
      throw Self.failure(error)
    }
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    do { return try await pool.write(body) } catch { throw Self.failure(error) }
  }

  private static func open(_ path: String) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.label = "sheaf.search"
    configuration.busyMode = .timeout(busyTime)
    configuration.maximumReaderCount = readers
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA cache_size = -4096") }
    let pool = try DatabasePool(path: path, configuration: configuration)
    chmod(path, 0o600)
    try pool.writeWithoutTransaction { database in
      // Deleted text is overwritten, not left in free pages.
      try database.execute(sql: "PRAGMA secure_delete = ON; PRAGMA synchronous = NORMAL")
      let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      guard version != SearchSchema.version else { return }
      guard version == 0 else { throw DatabaseError(resultCode: .SQLITE_NOTADB, message: "another version") }
      try database.inTransaction(.immediate) {
        // Another process may have made them meanwhile.
        if try Int.fetchOne(database, sql: "PRAGMA user_version") == 0 {
          try database.execute(sql: SearchSchema.sql)
          try database.execute(sql: "PRAGMA user_version = \(SearchSchema.version)")
        }
        return .commit
      }
    }
    return pool
  }

  /// Seconds to wait for another process' transaction.
  private static let busyTime = 10.0
  /// Searches at once; others wait.
  private static let readers = 2

  private static func isBeyondRepair(_ error: DatabaseError) -> Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
  }

  private static func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch { throw failure(error) }
  }

  static func failure(_ error: any Error) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    switch error.resultCode {
    case .SQLITE_FULL:
      return StageFailure(.outOfDisk, "The search index has no room on the disk.", retryable: true)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      return StageFailure(
        .inputOutput, "The search index is damaged.", hint: "Run sheaf search --rebuild.", retryable: true)
    default:
      return StageFailure(
        .inputOutput, "The search index could not be read or written (SQLite \(error.extendedResultCode.rawValue)).",
        hint: "Run sheaf search --rebuild.", retryable: true)
    }
  }
}

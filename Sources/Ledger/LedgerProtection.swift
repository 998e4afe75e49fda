import CLedgerFile
import GRDB

/// Checksums on every page of the ledger: written with the page, verified whenever one is read from the file.
///
/// SQLite itself trusts its disk, and `integrity_check` looks at structure only. With a checksum in each page's reserved
/// space no flipped bit is ever taken for data: reading that page fails.
enum LedgerProtection {
  /// Bytes; SQLite's default, said so that the file can be read without asking it.
  static let pageSize = 4096
  /// Bytes at the end of each page.
  static let reserved = Int(CLEDGERFILE_RESERVED)

  /// Puts the verifying layer under every connection that this process opens from now on.
  ///
  /// - Throws: `LedgerFailure.storage`.
  static func register() throws {
    let code = cledgerfile_register()
    guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// Makes a new file, or the next VACUUM of an older one, leave room for checksums.
  static func reserve(_ database: Database) throws {
    guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    let code = cledgerfile_reserve(UnsafeMutableRawPointer(connection))
    guard code == 0 else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
  }

  /// The name under which SQLite reads a file that nobody changes, without making files beside it; the path itself where
  /// SQLite was built without such names.
  /// https://www.sqlite.org/uri.html#uriimmutable
  static func immutable(_ path: String) throws -> String {
    guard cledgerfile_takes_uris() != 0 else { return path }
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-._~".utf8)
    let escaped = path.utf8.map { byte in
      let digits = String(byte, radix: 16, uppercase: true)
      return plain.contains(byte) ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
    }
    return "file:" + escaped.joined() + "?immutable=1"
  }

  /// Opens a ledger to write to it, makes it, readable to its owner alone, where there is none, and rewrites one of the
  /// time before checksums.
  ///
  /// The file itself is looked at before there is a connection to it, never while there is one: see `LedgerFile`.
  /// - Throws: `LedgerFailure.corrupt` for one whose header denies the checksums that it has: they would be lost.
  static func open<Connection: DatabaseWriter>(_ path: String, _ connect: () throws -> Connection) throws -> Connection
  {
    let protection = try LedgerFile(path: path).protection()
    if protection == .damaged {
      throw LedgerFailure.corrupt(message: "the first page does not have its checksum")
    }
    try RawFile.keepToOwner(path)
    let database = try connect()
    if protection == .unprotected { try protect(database) }
    return database
  }

  private static func protect(_ database: any DatabaseWriter) throws {
    try database.writeWithoutTransaction { database in
      try reserve(database)
      try database.execute(sql: "VACUUM")
      _ = try database.checkpoint(.truncate)
    }
  }
}

import GRDB

extension LedgerFailure {
  /// What an error from SQLite or from reading a row means to a caller; anything else is told as it is.
  static func translate(_ error: any Error) -> any Error {
    switch error {
    case let error as DatabaseError: LedgerFailure(error)
    case is RowDecodingError, is DecodingError: LedgerFailure.corrupt(message: "\(error)")
    default: error
    }
  }

  private init(_ error: DatabaseError) {
    let message = "\(error)"
    switch error.resultCode {
    case .SQLITE_CONSTRAINT: self = .integrity(message: message)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(message: message)
    case .SQLITE_FULL: self = .storage(message: message, outOfDisk: true)
    case .SQLITE_IOERR where error.extendedResultCode == Self.withoutChecksum: self = .corrupt(message: message)
    // What GRDB says of a connection after `close`.
    case .SQLITE_MISUSE: self = .closed
    // SQLite tells a full disk apart when it writes pages, but not when it grows the shared memory of the WAL.
    default: self = .storage(message: message, outOfDisk: error.extendedResultCode == .SQLITE_IOERR_SHMSIZE)
    }
  }

  /// `SQLITE_IOERR_DATA`: a page did not have its checksum. https://www.sqlite.org/rescode.html#ioerr_data
  private static let withoutChecksum = ResultCode(rawValue: 8202)

  /// Runs the body with its errors translated.
  static func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch { throw translate(error) }
  }
}

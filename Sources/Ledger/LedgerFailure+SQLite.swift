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
    // What GRDB says of a connection after `close`.
    case .SQLITE_MISUSE: self = .closed
    // SQLite tells a full disk apart when it writes pages, but not when it grows the shared memory of the WAL.
    default: self = .storage(message: message, outOfDisk: error.extendedResultCode == .SQLITE_IOERR_SHMSIZE)
    }
  }

  /// Runs the body with its errors translated.
  static func translating<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch { throw translate(error) }
  }
}

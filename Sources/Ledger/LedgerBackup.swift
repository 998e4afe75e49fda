import GRDB
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Copies a ledger as it stands at one moment, also while its owner works.
///
/// A program that knows nothing of the checksums copies pages of the log without them, since a page gets its own when it
/// is written to the file; so what copies is the ledger's own layer, and the copy is verified page by page.
package enum LedgerBackup {
  /// - Parameters:
  ///   - path: of the ledger.
  ///   - copy: a free name. It is there once the copy is whole and on the disk.
  /// - Returns: the copy's length in bytes.
  /// - Throws: `LedgerFailure.missing`, `.corrupt`, `.storage`; `StageFailure` with `invalid_request` where the name is taken.
  package static func write(from path: String, to copy: String) throws -> Int {
    guard access(path, F_OK) == 0 else { throw LedgerFailure.missing(path: path) }
    guard access(copy, F_OK) != 0 else {
      throw StageFailure(.invalidRequest, "There is a file \(copy) already.", hint: "Give another name.")
    }
    let draft = copy + ".part"
    for ending in endings { unlink(draft + ending) }
    defer { for ending in endings { unlink(draft + ending) } }
    try LedgerFailure.translating {
      let source = try DatabaseQueue(path: path, configuration: .ledger(readOnly: true))
      let target = try LedgerProtection.open(draft) {
        let target = try DatabaseQueue(path: draft, configuration: .ledger(readOnly: false))
        // The first page says from now on that each has a checksum, whatever is written after it.
        try target.writeWithoutTransaction {
          try $0.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        }
        return target
      }
      try source.backup(to: target)
      try source.close()
      _ = try target.writeWithoutTransaction { try $0.checkpoint(.truncate) }
      try target.close()
    }
    guard try LedgerFile(path: draft).damages().isEmpty, let file = try RawFile(draft, writable: false), file.length > 0
    else { throw LedgerFailure.corrupt(message: "the copy does not have its checksums") }
    guard link(draft, copy) == 0 else {
      throw LedgerFailure.storage(message: "\(copy): \(String(cString: strerror(errno)))", outOfDisk: errno == ENOSPC)
    }
    try RawFile.syncFolder(of: copy)
    return file.length
  }

  private static let endings = ["", "-wal", "-shm"]
}

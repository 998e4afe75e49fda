import GRDB

extension Configuration {
  /// How every connection to a ledger is opened.
  static func ledger(readOnly: Bool) throws -> Configuration {
    try LedgerProtection.register()
    var configuration = Configuration()
    configuration.readonly = readOnly
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(busyTimeout)
    configuration.maximumReaderCount = readers
    configuration.label = "sheaf.ledger"
    configuration.prepareDatabase { database in
      if !readOnly {
        try database.execute(sql: "PRAGMA page_size = \(LedgerProtection.pageSize)")
        try LedgerProtection.reserve(database)
      }
      try database.execute(
        sql: """
          PRAGMA cache_size = -\(cacheKibibytes);
          PRAGMA wal_autocheckpoint = \(checkpointPages);
          PRAGMA journal_size_limit = \(journalLimit);
          """)
    }
    return configuration
  }

  /// Seconds. One process owns the folder, so a lock is held only while another opens or leaves it: for milliseconds,
  /// or for as long as recovering a WAL of `journalLimit` takes.
  private static let busyTimeout = 5.0
  /// Connections for snapshots: as many as commands and requests that a small machine answers at once.
  private static let readers = 4
  /// Per connection. Keys and digests are random, so each insertion touches pages all over their indexes.
  private static let cacheKibibytes = 16_384
  /// Pages of 4 KiB, 16 MiB: four times SQLite's own, so that pages that many commits touch are copied back less often.
  private static let checkpointPages = 4_000
  /// Bytes of a log that is begun anew as soon as that is due: its header, and each page with a header of its own.
  static let logReservation = 32 + checkpointPages * (LedgerProtection.pageSize + 24)
  /// Bytes, 64 MiB: what a WAL that grew under a long reader shrinks to.
  private static let journalLimit = 64 << 20
}

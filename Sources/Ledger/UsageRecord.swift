import GRDB

/// What one owner's jobs took on one day.
package struct UsageRecord: Sendable, Hashable {
  /// A key's name; empty for the command line and for a server without keys.
  package let owner: String
  /// UTC, `2026-01-31`.
  package let day: String
  package let documents: Int
  /// Pages of the documents that were taken in.
  package let pages: Int
  /// Bytes of the documents that were taken in.
  package let bytes: Int64
  /// Of workers, in all attempts, successful or not.
  package let cpuSeconds: Double

  package init(owner: String, day: String, documents: Int, pages: Int, bytes: Int64, cpuSeconds: Double) {
    self.owner = owner
    self.day = day
    self.documents = documents
    self.pages = pages
    self.bytes = bytes
    self.cpuSeconds = cpuSeconds
  }

  init(row: Row) throws {
    self.init(
      owner: try row.decode(atIndex: 0), day: try row.decode(atIndex: 1), documents: try row.decode(atIndex: 2),
      pages: try row.decode(atIndex: 3), bytes: try row.decode(atIndex: 4), cpuSeconds: try row.decode(atIndex: 5))
  }
}

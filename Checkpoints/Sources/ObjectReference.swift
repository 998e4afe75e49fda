import StageKit

/// Names an object and tells its length, as the ledger knows them.
package struct ObjectReference: Codable, Sendable, Hashable {
  package let digest: Digest
  /// In bytes.
  package let length: Int

  package init(digest: Digest, length: Int) {
    self.digest = digest
    self.length = length
  }

  package init(_ record: FileRecord) { self.init(digest: record.digest, length: record.length) }
}

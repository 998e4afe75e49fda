import StageKit

/// A finished file of an attempt, on its way to the disk and to be published under its digest.
package struct AttemptFile: Sendable, Hashable {
  package let path: String
  /// As the worker told; publishing hashes again.
  package let digest: Digest
  package let length: Int

  package init(path: String, digest: Digest, length: Int) {
    self.path = path
    self.digest = digest
    self.length = length
  }

  package init(path: String, record: FileRecord) {
    self.init(path: path, digest: record.digest, length: record.length)
  }
}

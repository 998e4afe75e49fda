/// A file that belongs to a checkpoint.
package struct FileRecord: Codable, Sendable, Hashable {
  /// Relative to the stage's folder in the job's tree: `0007.jpg`.
  package let name: String
  package let digest: Digest
  package let length: Int

  package init(name: String, digest: Digest, length: Int) {
    self.name = name
    self.digest = digest
    self.length = length
  }
}

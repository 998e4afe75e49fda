import StageKit

/// A document that stands in the data folder.
package struct ReceivedDocument: Codable, Sendable, Hashable {
  package let digest: Digest
  /// In bytes.
  package let length: Int

  package init(digest: Digest, length: Int) {
    self.digest = digest
    self.length = length
  }
}

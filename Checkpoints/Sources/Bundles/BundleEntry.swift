import StageKit

/// One file of a bundle.
package struct BundleEntry: Codable, Sendable, Hashable {
  package let path: BundlePath
  package let digest: Digest
  /// In bytes.
  package let length: Int

  package init(path: BundlePath, digest: Digest, length: Int) {
    self.path = path
    self.digest = digest
    self.length = length
  }
}

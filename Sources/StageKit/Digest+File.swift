import Crypto
import Foundation

extension Digest {
  /// Bytes read at once.
  private static let chunk = 1 << 20

  /// The digest of a file's bytes, which are read bit by bit.
  ///
  /// - Throws: what the file system says.
  package init(ofFile path: String) throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    var hash = SHA256()
    while let bytes = try file.read(upToCount: Self.chunk), !bytes.isEmpty { hash.update(data: bytes) }
    self.init(hash.finalize())
  }
}

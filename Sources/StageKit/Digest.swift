import Crypto

/// A SHA-256, written `sha256:` and 64 hexadecimal digits.
package struct Digest: Sendable, Hashable, CustomStringConvertible {
  /// The 64 digits, lower case.
  package let hex: String

  /// From 64 lower-case hexadecimal digits, with or without the `sha256:` before them.
  package init?(_ text: String) {
    let digits = text.hasPrefix(Self.prefix) ? text.dropFirst(Self.prefix.count) : Substring(text)
    guard digits.utf8.count == 64,
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    hex = String(digits)
  }

  package init(_ digest: SHA256.Digest) {
    var text = [UInt8]()
    text.reserveCapacity(64)
    for byte in digest {
      text.append(Self.digits[Int(byte >> 4)])
      text.append(Self.digits[Int(byte & 15)])
    }
    hex = String(decoding: text, as: UTF8.self)
  }

  /// The digest of these bytes.
  package init(of bytes: some Sequence<UInt8>) {
    var hash = SHA256()
    if bytes.withContiguousStorageIfAvailable({ hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }) == nil {
      let copy = Array(bytes)
      copy.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    self.init(hash.finalize())
  }

  package init(of bytes: UnsafeRawBufferPointer) {
    var hash = SHA256()
    hash.update(bufferPointer: bytes)
    self.init(hash.finalize())
  }

  package var description: String { Self.prefix + hex }

  private static let prefix = "sha256:"
  private static let digits = Array("0123456789abcdef".utf8)
}

import StageKit

import struct Crypto.SHA256

/// What a request asks for, in one digest: its method, path and all that its payload says.
package struct PayloadFingerprint {
  private var hash = SHA256()

  package init(method: String, path: String) {
    add(method)
    add(path)
  }

  /// Adds a field; fields cannot run into one another.
  package mutating func add(_ field: some Collection<UInt8>) {
    withUnsafeBytes(of: UInt64(field.count).bigEndian) { hash.update(bufferPointer: $0) }
    hash.update(data: Array(field))
  }

  package mutating func add(_ field: String) { add(field.utf8) }

  package var digest: Digest { Digest(hash.finalize()) }
}

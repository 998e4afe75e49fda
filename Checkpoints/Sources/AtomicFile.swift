import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// A file that changes all at once: readers, and whoever comes after a crash, see the old bytes or the new.
package struct AtomicFile: Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// Replaces the file's bytes and returns when they are on the disk.
  ///
  /// - Throws: `StageFailure`, retryable; the old bytes are then still there.
  package func write(_ bytes: [UInt8]) throws {
    let what = "\(path) could not be written"
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    let temporary = folder + "/" + UniqueName.next("write")
    do {
      let file = try OpenFile(temporary, O_WRONLY | O_CREAT | O_EXCL, or: what)
      try bytes.withUnsafeBytes { try file.write($0, or: what) }
      try file.sync(or: what)
      guard rename(temporary, path) == 0 else { throw StageFailure.system(errno, what) }
    } catch {
      unlink(temporary)
      throw error
    }
    try Folder.sync(folder)
  }

  /// - Returns: nil where there is no such file.
  /// - Throws: `StageFailure` where it holds more than `limit` bytes or cannot be read.
  package func read(limit: Int = 1 << 24) throws -> [UInt8]? {
    guard let file = try OpenFile(regular: path) else { return nil }
    var bytes: [UInt8] = []
    _ = try HashedStream.run(from: file.descriptor, limit: limit, or: "\(path) could not be read") {
      bytes.append(contentsOf: $0)
    }
    return bytes
  }
}

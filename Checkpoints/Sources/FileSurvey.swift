import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// What stands at a path of a data folder, for those who check it.
package struct FileSurvey: Sendable, Hashable {
  package let path: String
  package let identity: FileIdentity
  /// How many names the file has: more than one where a job's tree links to an object.
  package let links: Int
  package let isRegular: Bool

  /// - Returns: nil where nothing stands there.
  package init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0, let identity = FileIdentity(path) else { return nil }
    self.path = path
    self.identity = identity
    links = Int(status.st_nlink)
    isRegular = identity.isRegular
  }

  package var isFolder: Bool { identity.isFolder }
  /// In bytes.
  package var length: Int { identity.length }
  /// Whether anybody may write to it, which nobody should to what is named by its digest.
  package var isWritable: Bool { identity.mode & 0o222 != 0 }

  /// Reads all of it.
  ///
  /// - Returns: nil where it is gone or is no regular file.
  package func digest() throws -> Digest? { try OpenFile(regular: path)?.measure().digest }

  /// Reads all of an object of the store or of a link to one, before compression where it is compressed.
  ///
  /// - Returns: nil where it is gone, is no regular file, or cannot be decompressed.
  package func storedDigest() throws -> Digest? { try StoredFile(path)?.measure()?.digest }

  /// Copies an object or a link to one, decompressed where it is compressed, on the disk when this returns.
  ///
  /// - Parameter copy: a free name.
  /// - Returns: the copy's length; nil where the file is gone or no regular file.
  package func copyStored(to copy: String) throws -> Int? {
    guard let file = try StoredFile(path) else { return nil }
    let input = try file.input()
    let what = "A file could not be copied"
    let output = try OpenFile(copy, O_WRONLY | O_CREAT | O_EXCL, or: what)
    try input.withBytes { try output.write($0, or: what) }
    try output.sync(or: what)
    return input.length
  }

  /// Whether the file differs from another in one bit and no more: damage, not a person's work.
  package func isOneBitFrom(_ other: FileSurvey) throws -> Bool {
    guard length == other.length, let own = try OpenFile(regular: path), let file = try OpenFile(regular: other.path)
    else { return false }
    let second = try InputFile(descriptor: file.release())
    return try InputFile(descriptor: own.release()).withBytes { own in
      try second.withBytes { bytes in
        guard own.count == bytes.count else { return false }
        var differing = 0
        for (a, b) in zip(own, bytes) where a != b {
          differing += (a ^ b).nonzeroBitCount
          if differing > 1 { return false }
        }
        return differing == 1
      }
    }
  }

  /// Takes away the right to write.
  package func protect() throws {
    guard chmod(path, ImmutableFile.mode) == 0 else {
      throw StageFailure.system(errno, "\(path) could not be protected")
    }
  }

  /// Removes it; a folder with all that is in it.
  package func remove() throws { try Folder.remove(path) }

  /// The names in a folder, sorted; none where there is no such folder.
  package static func names(in folder: String) throws -> [String] { try Folder.names(in: folder) }
}

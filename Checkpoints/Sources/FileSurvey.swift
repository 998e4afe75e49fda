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

  /// Whether the file differs from these bytes in one bit and no more: damage, not a person's work.
  package func isOneBitFrom(_ bytes: UnsafeRawBufferPointer) throws -> Bool {
    guard length == bytes.count, let file = try OpenFile(regular: path) else { return false }
    return try InputFile(descriptor: file.release()).withBytes { own in
      guard own.count == bytes.count else { return false }
      var differing = 0
      for (a, b) in zip(own, bytes) where a != b {
        differing += (a ^ b).nonzeroBitCount
        if differing > 1 { return false }
      }
      return differing == 1
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

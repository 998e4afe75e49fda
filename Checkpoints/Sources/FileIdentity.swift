#if canImport(Glibc)
  import Glibc
#endif

/// Which file stands at a path: two paths with the same device and inode are one file.
package struct FileIdentity: Sendable, Hashable {
  package let device: UInt64
  package let inode: UInt64
  package let length: Int
  let mode: UInt32

  /// What stands at the path itself, a symbolic link being a file of its own.
  ///
  /// - Returns: nil where nothing stands there that may be examined.
  package init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  /// What stands where the path leads.
  package init?(following path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(status)
  }

  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    length = Int(status.st_size)
    mode = status.st_mode
  }

  package var isFolder: Bool { mode & S_IFMT == S_IFDIR }
  var isRegular: Bool { mode & S_IFMT == S_IFREG }

  func isSameFile(as other: FileIdentity) -> Bool { device == other.device && inode == other.inode }
}

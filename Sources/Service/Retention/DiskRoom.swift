#if canImport(Glibc)
  import Glibc
#endif

/// How large a file system is, and what is left of it. Asks the kernel, so not for the loop's thread.
package struct DiskRoom: Sendable, Hashable {
  /// Bytes that this process may still write.
  package let free: Int
  package let size: Int

  package init(free: Int, size: Int) {
    self.free = free
    self.size = size
  }

  /// - Returns: nil where the kernel does not tell.
  package init?(of path: String) {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    let block = UInt64(status.f_frsize)
    free = Int(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: block).partialValue)
    size = Int(clamping: UInt64(status.f_blocks).multipliedReportingOverflow(by: block).partialValue)
  }
}

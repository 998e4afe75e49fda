import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A file system of its own that is soon full; only the superuser can make one.
package final class SmallDisk: Sendable {
  private let folder: TemporaryFolder
  package var path: String { folder.path }

  package static var isPossible: Bool { (try? SmallDisk(bytes: 1 << 16)) != nil }  // asks by trying

  package init(bytes: Int) throws {
    folder = try TemporaryFolder()
    try Self.mount(at: folder.path, bytes: bytes, flags: 0)
  }

  /// Makes room, as somebody who removes files would.
  package func resize(to bytes: Int) throws {
    try Self.mount(at: folder.path, bytes: bytes, flags: UInt(MS_REMOUNT))
  }

  private static func mount(at path: String, bytes: Int, flags: UInt) throws {
    guard Glibc.mount("tmpfs", path, "tmpfs", flags, "size=\(bytes)") == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
    }
  }

  deinit { umount2(folder.path, Int32(MNT_DETACH)) }
}

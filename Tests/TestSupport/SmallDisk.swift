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

  /// Lets nothing be written any more, as soon as nobody has a file open for writing.
  package func close(bytes: Int) async throws {
    while true {
      do { return try set(readOnly: true, bytes: bytes) } catch let error as POSIXError where error.code == .EBUSY {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  /// Lets nothing be written any more, as the kernel does with a disk that has failed, or everything again.
  package func set(readOnly: Bool, bytes: Int) throws {
    try Self.mount(at: folder.path, bytes: bytes, flags: UInt(MS_REMOUNT) | (readOnly ? UInt(MS_RDONLY) : 0))
  }

  private static func mount(at path: String, bytes: Int, flags: UInt) throws {
    guard Glibc.mount("tmpfs", path, "tmpfs", flags, "size=\(bytes)") == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
    }
  }

  deinit { umount2(folder.path, Int32(MNT_DETACH)) }
}

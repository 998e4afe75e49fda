import Foundation
import StageKit
import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// A file system of its own that is soon full; only the superuser can make one.
final class SmallDisk {
  private let folder: TemporaryFolder
  var path: String { folder.path }

  static var isPossible: Bool { (try? SmallDisk(bytes: 1 << 16)) != nil }  // asks by trying

  init(bytes: Int) throws {
    folder = try TemporaryFolder()
    guard mount("tmpfs", folder.path, "tmpfs", 0, "size=\(bytes)") == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EPERM)
    }
  }

  deinit { umount2(folder.path, Int32(MNT_DETACH)) }
}

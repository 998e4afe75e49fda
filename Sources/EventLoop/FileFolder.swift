import CEventLoop
import Glibc

/// A folder from which outsiders may name files, and nothing beyond it.
package final class FileFolder: Sendable {
  private let descriptor: Int32

  package init(path: String) throws(LoopFailure) {
    descriptor = try LoopFailure.check(cloop_open_folder(path), "open", during: "open the folder \(path)")
  }

  deinit { _ = cloop_close(descriptor) }

  /// Opens the plain file at `path` below the folder. Waits for the disk.
  ///
  /// The kernel itself refuses what would leave the folder (`openat2` with `RESOLVE_BENEATH`): dots, links, mount
  /// tricks that change while we look.
  ///
  /// - Returns: nil if there is no such file.
  /// - Throws: `LoopFailure.Code.refusedPath` for a path that leads outside or to what is no plain file.
  package func open(_ path: String) throws(LoopFailure) -> OpenFile? {
    let step = "open a file of a folder"
    guard !path.isEmpty, !path.utf8.contains(0) else { throw LoopFailure(.refusedPath, during: step) }
    let result = cloop_open_beneath(descriptor, path)
    if result >= 0 { return try OpenFile(adopting: result, during: step) }
    switch -result {
    case ENOENT, ENOTDIR, ENAMETOOLONG: return nil
    case EXDEV, ELOOP, EACCES, ENXIO, EPERM: throw LoopFailure(.refusedPath, during: step)
    default: throw LoopFailure(.system(call: "openat2", errno: -result), during: step)
    }
  }
}

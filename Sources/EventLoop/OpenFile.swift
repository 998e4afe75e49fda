import CEventLoop
import Glibc

/// A plain file that is open for reading, and what is known of it; closed when its last owner lets go of it.
package final class OpenFile: Sendable {
  package let descriptor: Int32
  /// Bytes, when it was opened.
  package let size: Int64
  /// Seconds since 1970 of its last change, and the nanoseconds within.
  package let modified: (seconds: Int64, nanoseconds: Int64)
  package let inode: UInt64

  /// Takes charge of a descriptor.
  /// - Throws: `LoopFailure.Code.refusedPath` for what is no plain file; the descriptor is closed then.
  package init(adopting descriptor: Int32, during step: String = "open a file") throws(LoopFailure) {
    var status = cloop_file()
    let result = cloop_file_status(descriptor, &status)
    guard result >= 0, status.is_regular else {
      _ = cloop_close(descriptor)
      if result < 0 { throw LoopFailure(.system(call: "fstat", errno: -result), during: step) }
      throw LoopFailure(.refusedPath, during: step)
    }
    self.descriptor = descriptor
    size = status.size
    modified = (status.modified_seconds, status.modified_nanoseconds)
    inode = status.inode
  }

  /// Opens a file of this program's own choosing; for paths from outside there is `FileFolder`.
  package convenience init(path: String) throws(LoopFailure) {
    let step = "open \(path)"
    try self.init(adopting: LoopFailure.check(cloop_open_file(path), "open", during: step), during: step)
  }

  deinit { _ = cloop_close(descriptor) }

  /// Reads up to `count` bytes at `offset`; fewer, or none, at the file's end. Waits for the disk.
  package func read(at offset: Int64, count: Int) throws(LoopFailure) -> [UInt8] {
    var failure: LoopFailure?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(LoopFailure) {
        initialized = try LoopFailure.check(
          cloop_read_at(descriptor, buffer.baseAddress, count, offset), "pread", during: "read a file")
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

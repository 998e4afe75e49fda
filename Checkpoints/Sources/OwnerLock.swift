import CanonicalJSON
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The right to write to a data folder, held by one process at a time and lost with it.
package final class OwnerLock: Sendable {
  package let owner: DataFolderOwner
  private let descriptor: Int32

  /// Takes the lock without waiting.
  ///
  /// - Throws: `StageFailure` with `data_folder_owned` that names the process which has it.
  package init(_ folder: DataFolder, owner: DataFolderOwner) throws {
    let file = try OpenFile(folder.lock, O_RDWR | O_CREAT, or: "\(folder.lock) could not be opened")
    // `flock`, since it ends with the last copy of this very descriptor, and workers get none.
    guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
      guard errno == EWOULDBLOCK else { throw StageFailure.system(errno, "\(folder.lock) could not be locked") }
      let holder = try Self.record(in: folder).map(\.description) ?? "another process"
      throw StageFailure(
        .dataFolderOwned, "The data folder \(folder.path) belongs to \(holder).",
        hint: "Stop it, or use another folder with --data.")
    }
    let record = try CanonicalEncoder().encode(owner) + [UInt8(ascii: "\n")]
    let written = record.withUnsafeBytes { pwrite(file.descriptor, $0.baseAddress, $0.count, 0) }
    guard written == record.count, ftruncate(file.descriptor, record.count) == 0 else {
      throw StageFailure.system(written < 0 ? errno : EIO, "\(folder.lock) could not be written")
    }
    self.owner = owner
    descriptor = file.release()
  }

  deinit {
    // Nobody's, for readers of the file; the lock itself goes with the descriptor.
    ftruncate(descriptor, 0)
    // Closing alone would leave it to a child that is just being started, which has a copy until it is the other program.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }

  /// What the lock file tells; of use only while somebody holds the lock.
  ///
  /// - Returns: nil where it tells nothing, as just before a new owner has written.
  package static func record(in folder: DataFolder) throws -> DataFolderOwner? {
    guard let bytes = try AtomicFile(folder.lock).read(limit: 1 << 16), !bytes.isEmpty else { return nil }
    // A file that is being rewritten can be half old, half new: then it tells nothing.
    return try? CanonicalDecoder().decode(DataFolderOwner.self, from: bytes)
  }
}

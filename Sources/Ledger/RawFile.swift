import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The ledger's bytes as they lie on the disk, past SQLite.
final class RawFile {
  private let descriptor: Int32
  private let path: String
  /// In bytes, as it was when the file was opened.
  let length: Int

  /// - Returns: nil where there is no such file.
  /// - Throws: `LedgerFailure.storage`.
  init?(_ path: String, writable: Bool) throws {
    let descriptor = open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw Self.failure(path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let failure = Self.failure(path)
      close(descriptor)
      throw failure
    }
    self.descriptor = descriptor
    self.path = path
    length = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Makes the file where there is none, and lets nobody but its owner read it; files that SQLite puts beside it are then
  /// as it is.
  ///
  /// - Throws: `LedgerFailure.storage`.
  static func keepToOwner(_ path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, ownerOnly)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    // A file of somebody else, which they let us use, stays as they have it.
    guard status.st_mode & 0o077 != 0, status.st_uid == geteuid() else { return }
    guard fchmod(descriptor, ownerOnly) == 0 else { throw failure(path) }
    for ending in ["-wal", "-shm"] { _ = chmod(path + ending, ownerOnly) }
  }

  private static let ownerOnly: mode_t = 0o600

  /// Has a new name be on the disk.
  static func syncFolder(of path: String) throws {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(folder) }
  }

  /// Fewer bytes than asked for at the file's end.
  func read(_ count: Int, at offset: Int) throws -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let part = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
        if part < 0, errno == EINTR { continue }
        failed = part < 0
        if part <= 0 { return }
        filled += part
      }
    }
    if failed { throw Self.failure(path) }
    return bytes
  }

  /// Writes and returns once it is on the disk.
  func write(_ bytes: [UInt8], at offset: Int) throws {
    let written = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
    guard written == bytes.count, fsync(descriptor) == 0 else { throw Self.failure(path) }
  }

  private static func failure(_ path: String) -> LedgerFailure {
    let code = errno
    return .storage(message: "\(path): \(String(cString: strerror(code)))", outOfDisk: code == ENOSPC)
  }
}

import CLinux
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// An open file or folder, closed when it goes out of scope and never inherited by a worker.
struct OpenFile: ~Copyable {
  let descriptor: Int32

  /// - Parameter what: what fails where this fails.
  init(_ path: String, _ flags: Int32, mode: mode_t = 0o600, or what: String) throws(StageFailure) {
    var descriptor: Int32
    repeat { descriptor = open(path, flags | O_CLOEXEC, mode) } while descriptor < 0 && errno == EINTR
    guard descriptor >= 0 else { throw .system(errno, what) }
    self.descriptor = descriptor
  }

  /// Opens a regular file for reading; neither a symbolic link nor a pipe is followed or waited for.
  ///
  /// - Returns: nil where there is none.
  init?(regular path: String) throws(StageFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ELOOP || errno == ENOTDIR || errno == ENXIO { return nil }
      throw .system(errno, "A file could not be opened")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  /// Takes over an open descriptor.
  init(adopting descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Forces what was written to the disk.
  func sync(or what: String) throws(StageFailure) {
    guard StorageMeter.forcing({ fsync(descriptor) }) == 0 else { throw .system(errno, what) }
  }

  /// Has the disk begin with what was written there, so that less is left to be forced; waits for nothing.
  func startWriting(from offset: Int, count: Int) {
    // Only a hint: what fails here is told by `sync`.
    _ = clinux_start_writing(descriptor, off_t(offset), off_t(count))
  }

  func write(_ bytes: UnsafeRawBufferPointer, or what: String) throws(StageFailure) {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw .system(errno, what)
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Its digest and length, from its start.
  func measure() throws(StageFailure) -> (digest: Digest, length: Int) {
    try HashedStream.run(from: descriptor, limit: .max, or: "A file could not be read") { _ in }
  }

  /// Gives the descriptor away.
  consuming func release() -> Int32 {
    let descriptor = descriptor
    discard self
    return descriptor
  }
}

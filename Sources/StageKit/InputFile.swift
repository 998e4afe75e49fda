import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A file opened for reading, closed when the last holder lets go.
package final class InputFile {
  /// Open for reading; stays this object's own.
  package let descriptor: Int32
  package let length: Int

  /// Takes over an open descriptor.
  package init(descriptor: Int32) throws {
    self.descriptor = descriptor
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw StageFailure(.inputOutput, "An input could not be examined (errno \(code)).", retryable: true)
    }
    length = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// Lends the file's bytes, mapped into memory and not copied.
  package func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) throws -> R {
    guard length > 0 else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard let start = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0), start != MAP_FAILED else {
      throw StageFailure(.inputOutput, "An input could not be mapped (errno \(errno)).", retryable: true)
    }
    defer { munmap(start, length) }
    return try body(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// Another descriptor of the same open file, for the caller to close.
  package func duplicate() throws -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 4)
    guard copy >= 0 else {
      throw StageFailure(.inputOutput, "An input could not be opened again (errno \(errno)).", retryable: true)
    }
    return copy
  }

  /// A copy of the file's bytes.
  package func bytes() throws -> [UInt8] { try withBytes { Array($0) } }
}

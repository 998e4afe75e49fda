import StageKit

import struct Crypto.SHA256

#if canImport(Glibc)
  import Glibc
#endif

/// Reads a stream to its end, hashed on the way, in steps that do not grow with it.
enum HashedStream {
  /// Bytes in one step: large enough that system calls do not matter, and small enough for malloc to keep them: memory
  /// that is mapped and unmapped again for each file interrupts every other thread.
  private static let step = 96 << 10

  /// - Parameters:
  ///   - limit: bytes; what goes beyond throws `file_too_large`.
  ///   - body: takes each step.
  static func run(
    from descriptor: Int32, limit: Int, or what: String,
    _ body: (UnsafeRawBufferPointer) throws(StageFailure) -> Void
  ) throws(StageFailure) -> (digest: Digest, length: Int) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 16)
    defer { buffer.deallocate() }
    var hash = SHA256()
    var length = 0
    while true {
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR { continue }
        guard errno == EAGAIN else { throw .system(errno, what) }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, -1)
        continue
      }
      guard count <= limit - length else { throw Self.tooLarge(limit) }
      let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      hash.update(bufferPointer: bytes)
      length += count
      try body(bytes)
    }
    return (Digest(hash.finalize()), length)
  }

  static func tooLarge(_ limit: Int) -> StageFailure {
    StageFailure(
      .fileTooLarge, "The document is larger than \(limit >> 20) MiB, the most that is taken.", hint: "Split it.")
  }
}

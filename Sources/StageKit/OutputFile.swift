import Crypto

#if canImport(Glibc)
  import Glibc
#endif

/// A file that a stage makes: written once from start to end, hashed on the way. Whoever publishes it forces it to the
/// disk, with the others that end at the same time.
///
/// Used from one thread.
package final class OutputFile {
  /// Relative to the stage's folder in the job's tree.
  package let name: String
  /// Open for writing, for libraries that write by themselves; what they write must be told with `adopt`.
  package let descriptor: Int32
  private var hash = SHA256()
  private(set) var length = 0
  private var record: FileRecord?

  /// Takes over an open, empty file.
  package init(name: String, descriptor: Int32) {
    self.name = name
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// - Throws: `StageFailure`, retryable, `out_of_disk` where there is no room.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        throw Self.failure(errno, "written")
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
    hash.update(bufferPointer: bytes)
    length += bytes.count
  }

  package func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try write($0) } }

  package func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
  }

  /// Tells what was written; once finished, the file stays as it is.
  @discardableResult
  package func finish() throws -> FileRecord {
    if let record { return record }
    let record = FileRecord(name: name, digest: Digest(hash.finalize()), length: length)
    self.record = record
    return record
  }

  /// Another descriptor of the finished file, to read it by.
  package func reopened() throws -> InputFile {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 4)
    guard copy >= 0 else { throw Self.failure(errno, "opened again") }
    return try InputFile(descriptor: copy)
  }

  private static func failure(_ code: Int32, _ verb: String) -> StageFailure {
    code == ENOSPC || code == EDQUOT
      ? StageFailure(
        .outOfDisk, "There is no room left for a result.", hint: "Free some space and resume.", retryable: true)
      : StageFailure(.inputOutput, "A result could not be \(verb) (errno \(code)).", retryable: true)
  }
}

import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Files of the scratch folder, for a library that wants paths.
enum ScratchFile {
  private static let chunk = 1 << 20  // bytes: a page of memory at a time, not a document

  static func write(_ input: InputFile, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("written", errno) }
    defer { close(descriptor) }
    try input.withBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, rest.baseAddress, min(rest.count, chunk))
        if written < 0 {
          if errno == EINTR { continue }
          throw failure("written", errno)
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
  }

  static func copy(_ path: String, to output: OutputFile) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("read", errno) }
    let input = try InputFile(descriptor: descriptor)
    try input.withBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let end = min(offset + chunk, bytes.count)
        try output.write(UnsafeRawBufferPointer(rebasing: bytes[offset..<end]))
        offset = end
      }
    }
  }

  private static func failure(_ verb: String, _ code: Int32) -> StageFailure {
    code == ENOSPC || code == EDQUOT
      ? StageFailure(
        .outOfDisk, "There is no room left for scratch files.", hint: "Free some space and resume.", retryable: true)
      : StageFailure(.inputOutput, "A scratch file could not be \(verb) (errno \(code)).", retryable: true)
  }
}

import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The compressed form of an attempt's file, made beside it.
final class CompressedAttempt {
  let path: String
  let file: OpenFile
  private let length: Int

  private static let what = "A result could not be compressed"

  init(of told: AttemptFile) throws(StageFailure) {
    path = told.path + CompressedHeader.suffix
    length = told.length
    file = try OpenFile(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, or: Self.what)
  }

  /// Writes all of it, and has the disk begin with it.
  ///
  /// - Parameter plain: open at its start.
  /// - Returns: digest and length of what was compressed.
  /// - Throws: `StageFailure`, retryable, also where the file has no longer the length that was told.
  func write(from plain: borrowing OpenFile) throws -> (digest: Digest, length: Int) {
    let encoder = try ZstdEncoder(length: length, or: Self.what)
    try CompressedHeader(plainLength: length).bytes.withUnsafeBytes { try put($0) }
    let found = try HashedStream.run(from: plain.descriptor, limit: .max, or: Self.what) {
      bytes throws(StageFailure) in
      try encoder.write(bytes, put)
    }
    try encoder.finish(put)
    file.startWriting(from: 0, count: 0)
    return found
  }

  private func put(_ bytes: UnsafeRawBufferPointer) throws(StageFailure) { try file.write(bytes, or: Self.what) }
}

import CLinux
import StageKit

import struct Crypto.SHA256

#if canImport(Glibc)
  import Glibc
#endif

/// An open file of the store or of a job's tree, which may be compressed: whoever reads it sees what was compressed.
struct StoredFile: ~Copyable {
  private let file: OpenFile
  private let header: CompressedHeader?
  /// Bytes before compression.
  let length: Int

  private static let what = "A file could not be read"

  /// - Returns: nil where there is no regular file.
  init?(_ path: String) throws(StageFailure) {
    guard let file = try OpenFile(regular: path) else { return nil }
    guard let identity = FileIdentity(descriptor: file.descriptor) else { throw .system(errno, Self.what) }
    header = try file.compressedHeader()
    length = header?.plainLength ?? identity.length
    self.file = file
  }

  /// Whether a file is there and compressed.
  static func isCompressed(_ path: String) throws(StageFailure) -> Bool {
    try StoredFile(path)?.header != nil
  }

  /// Its digest and length before compression.
  ///
  /// - Returns: nil where it cannot be decompressed.
  func measure() throws(StageFailure) -> (digest: Digest, length: Int)? {
    guard header != nil else { return try file.measure() }
    var hash = SHA256()
    let isSound = try ZstdDecoder.run(from: file.descriptor, length: length, or: Self.what) { bytes in
      hash.update(bufferPointer: bytes)
    }
    return isSound ? (Digest(hash.finalize()), length) : nil
  }

  /// Its bytes before compression as a file to be mapped or handed to another process.
  ///
  /// They are in memory as long as that is open. Where they cannot be decompressed it is the file as it lies there, for
  /// every reader compares what it reads with what was recorded.
  consuming func input() throws -> InputFile {
    guard header != nil else { return try InputFile(descriptor: file.release()) }
    let memory = clinux_memory_file()
    guard memory >= 0 else { throw StageFailure.system(-memory, Self.what) }
    let copy = OpenFile(adopting: memory)
    let isSound = try ZstdDecoder.run(from: file.descriptor, length: length, or: Self.what) {
      bytes throws(StageFailure) in
      try copy.write(bytes, or: Self.what)
    }
    guard isSound else {
      lseek(file.descriptor, 0, SEEK_SET)
      return try InputFile(descriptor: file.release())
    }
    let sealed = clinux_seal(copy.descriptor)
    guard sealed >= 0 else { throw StageFailure.system(-sealed, Self.what) }
    lseek(copy.descriptor, 0, SEEK_SET)
    return try InputFile(descriptor: copy.release())
  }
}

extension OpenFile {
  /// What a compressed file begins with; nil where this one is not compressed. Reads at its start, wherever it stands.
  func compressedHeader() throws(StageFailure) -> CompressedHeader? {
    try withBeginning { CompressedHeader($0) }
  }

  /// Lends the first bytes, as many as a compressed file's header has, or fewer where there are no more.
  func withBeginning<R>(_ body: (UnsafeRawBufferPointer) -> R) throws(StageFailure) -> R {
    var beginning = [UInt8](repeating: 0, count: CompressedHeader.length)
    let count = beginning.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
    guard count >= 0 else { throw .system(errno, "A file could not be read") }
    return beginning.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }
}

/// How checkpoints are stored that are written from now on; those that stand already stay as they are.
///
/// A digest and a length always are those of the bytes before compression, so keys, bundles and answers are the same
/// with it and without.
package enum CheckpointCompression: String, Sendable, CaseIterable {
  case none
  /// Zstandard, for checkpoints of `threshold` bytes and more.
  case zstd

  /// In bytes. Below it a file saves hardly a block of the disk, and costs its reader another open file.
  package static let threshold = 16 << 10

  /// Whether a file is stored compressed.
  ///
  /// - Parameters:
  ///   - beginning: its first bytes, as many as `CompressedHeader.length` where there are so many.
  ///   - length: bytes of the whole.
  func applies(to beginning: UnsafeRawBufferPointer, length: Int) -> Bool {
    // What looks compressed and is not would be mistaken for it, so it never stands as it is.
    if CompressedHeader(beginning) != nil { return true }
    return self == .zstd && length >= Self.threshold && CheckpointReader.isBeginning(beginning)
  }
}

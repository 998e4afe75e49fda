/// What a compressed file begins with: a frame that readers of Zstandard skip, so that `zstdcat` shows what follows.
///
///     bytes 0–3    50 2a 4d 18, the mark of a frame to be skipped
///     bytes 4–7    how many bytes follow in it: 16
///     bytes 8–15   "sheaf/1" and a newline
///     bytes 16–23  the length before compression; little-endian, as all numbers here
struct CompressedHeader {
  /// In bytes.
  static let length = 24
  /// What a compressed file's name in a job's tree ends in.
  static let suffix = ".zst"
  private static let marker: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 16, 0, 0, 0] + Array("sheaf/1\n".utf8)

  /// Bytes before compression.
  let plainLength: Int

  init(plainLength: Int) { self.plainLength = plainLength }

  /// - Returns: nil where the bytes are no such beginning.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.length, bytes.starts(with: Self.marker) else { return nil }
    let length = bytes.loadUnaligned(fromByteOffset: Self.marker.count, as: UInt64.self).littleEndian
    guard let plainLength = Int(exactly: length) else { return nil }
    self.plainLength = plainLength
  }

  var bytes: [UInt8] { Self.marker + withUnsafeBytes(of: UInt64(plainLength).littleEndian) { Array($0) } }
}

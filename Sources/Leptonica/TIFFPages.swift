/// Counts and finds the pages of a TIFF by its chain of directories.
///
/// Leptonica's own count wants a file; ours reads memory, survives cycles and stops at the limit.
/// Source: TIFF 6.0, section 2; BigTIFF by Aware Systems.
enum TIFFPages {
  private static let limit = 3_000  // directories: Leptonica reads no further either

  static func count(in bytes: UnsafeRawBufferPointer) -> Int { offsets(in: bytes, upTo: limit).count }

  /// Where a page's directory begins; pages count from 0.
  static func offset(of page: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    let offsets = offsets(in: bytes, upTo: min(page + 1, limit))
    return offsets.indices.contains(page) ? offsets[page] : nil
  }

  private static func offsets(in bytes: UnsafeRawBufferPointer, upTo limit: Int) -> [Int] {
    guard let reader = ByteOrderReader(bytes), let magic = reader.word16(at: 2) else { return [] }
    let isBig = magic == 43
    var directory = isBig ? reader.word64(at: 8) : reader.word32(at: 4)
    var offsets: [Int] = []
    var seen: Set<Int> = []
    while let at = directory, at > 0, offsets.count < limit, seen.insert(at).inserted {
      guard let entries = isBig ? reader.word64(at: at) : reader.word16(at: at), entries > 0, entries < 1 << 16 else {
        break
      }
      offsets.append(at)
      directory = isBig ? reader.word64(at: at + 8 + 20 * entries) : reader.word32(at: at + 2 + 12 * entries)
    }
    return offsets
  }
}

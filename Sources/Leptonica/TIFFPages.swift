/// Counts the pages of a TIFF by its chain of directories.
///
/// Leptonica's own count wants a file; ours reads memory, survives cycles and stops at the limit.
/// Source: TIFF 6.0, section 2; BigTIFF by Aware Systems.
enum TIFFPages {
  private static let limit = 3_000 // directories: Leptonica reads no further either

  static func count(in bytes: UnsafeRawBufferPointer) -> Int {
    guard let reader = ByteOrderReader(bytes), let magic = reader.word16(at: 2) else { return 0 }
    let isBig = magic == 43
    var directory = isBig ? reader.word64(at: 8) : reader.word32(at: 4)
    var seen: Set<Int> = []
    while let at = directory, at > 0, seen.count < limit, seen.insert(at).inserted {
      guard let entries = isBig ? reader.word64(at: at) : reader.word16(at: at), entries > 0, entries < 1 << 16 else {
        return seen.count - 1
      }
      directory = isBig ? reader.word64(at: at + 8 + 20 * entries) : reader.word32(at: at + 2 + 12 * entries)
    }
    return seen.count
  }
}

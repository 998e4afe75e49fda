/// One directory of a TIFF, or of the EXIF block that has its form: single values by their tags.
struct TIFFDirectory {
  private let reader: ByteOrderReader
  private let isBig: Bool
  private let start: Int
  private let entries: Int

  /// - Parameter page: counts from 0; nil where there is no such directory.
  init?(of page: Int, in bytes: UnsafeRawBufferPointer) {
    guard let reader = ByteOrderReader(bytes), let offset = TIFFPages.offset(of: page, in: bytes) else { return nil }
    let isBig = reader.word16(at: 2) == 43
    guard let entries = isBig ? reader.word64(at: offset) : reader.word16(at: offset) else { return nil }
    (self.reader, self.isBig, self.entries) = (reader, isBig, min(entries, 1 << 16))
    start = offset + (isBig ? 8 : 2)
  }

  /// The first value of a SHORT or LONG field.
  func short(_ tag: Int) -> Int? { value(of: tag).flatMap { reader.word16(at: $0) } }

  /// The first value of a RATIONAL field.
  func rational(_ tag: Int) -> Double? {
    guard let at = value(of: tag), let offset = isBig ? at : reader.word32(at: at),
      let numerator = reader.word32(at: offset), let denominator = reader.word32(at: offset + 4), denominator > 0
    else { return nil }
    return Double(numerator) / Double(denominator)
  }

  /// Where an entry's value field stands: it holds the value if that fits, else its offset.
  private func value(of tag: Int) -> Int? {
    let size = isBig ? 20 : 12
    for entry in 0..<entries {
      guard let found = reader.word16(at: start + size * entry) else { return nil }
      if found == tag { return start + size * entry + (isBig ? 12 : 8) }
    }
    return nil
  }
}

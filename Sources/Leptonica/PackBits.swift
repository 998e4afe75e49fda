/// Runs of equal bytes as two: the oldest compression of TIFF, which costs next to nothing.
///
/// - Source: TIFF 6.0, section 9.
enum PackBits {
  private static let longestPiece = 128  // bytes of one run or one stretch of others
  private static let shortestRun = 3  // bytes: a shorter one costs more than it saves amid others

  /// The most bytes that a row takes.
  static func longest(_ width: Int) -> Int { width + (width + longestPiece - 1) / longestPiece }

  /// Packs one row.
  ///
  /// - Parameter packed: has room for `longest(row.count)` bytes.
  /// - Returns: how many of them were written.
  static func pack(_ row: UnsafeBufferPointer<UInt8>, into packed: UnsafeMutablePointer<UInt8>) -> Int {
    guard let bytes = row.baseAddress else { return 0 }
    let count = row.count
    var out = 0
    var others = 0  // where those begin that are in no run
    var at = 0
    while at + shortestRun <= count {
      let value = bytes[at]
      guard value == bytes[at + 1], value == bytes[at + 2] else {
        at += 1
        continue
      }
      out += copy(bytes + others, at - others, into: packed + out)
      let end = runEnd(bytes, at, count)
      // One byte that is left of a run goes with what follows.
      while end - at > 1 {
        let length = min(end - at, longestPiece)
        packed[out] = UInt8(truncatingIfNeeded: 1 - length)
        packed[out + 1] = value
        out += 2
        at += length
      }
      others = at
      at = end
    }
    return out + copy(bytes + others, count - others, into: packed + out)
  }

  /// Bytes that are in no run.
  private static func copy(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, into packed: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var out = 0
    var done = 0
    while done < count {
      let length = min(count - done, longestPiece)
      packed[out] = UInt8(length - 1)
      (packed + out + 1).update(from: bytes + done, count: length)
      out += length + 1
      done += length
    }
    return out
  }

  /// The first place behind `start` whose byte is another.
  @inline(__always)
  private static func runEnd(_ bytes: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    let value = bytes[start]
    let pattern = UInt64(value) &* 0x0101_0101_0101_0101
    let raw = UnsafeRawPointer(bytes)
    var end = start + shortestRun
    while end + 8 <= count, raw.loadUnaligned(fromByteOffset: end, as: UInt64.self) == pattern { end += 8 }
    while end < count, bytes[end] == value { end += 1 }
    return end
  }

  /// Unpacks one row.
  ///
  /// - Parameters:
  ///   - packed: begins with the row.
  ///   - row: is filled, all of it.
  /// - Returns: how many bytes the row took; nil where they are not those of a row of that length.
  static func unpack(_ packed: UnsafeRawBufferPointer, into row: UnsafeMutableRawBufferPointer) -> Int? {
    var at = 0
    var filled = 0
    while filled < row.count {
      guard at < packed.count else { return nil }
      let code = Int(Int8(bitPattern: packed[at]))
      at += 1
      if code >= 0 {
        let count = code + 1
        guard count <= packed.count - at, count <= row.count - filled else { return nil }
        UnsafeMutableRawBufferPointer(rebasing: row[filled..<(filled + count)])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: packed[at..<(at + count)]))
        at += count
        filled += count
      } else if code > -longestPiece {
        let count = 1 - code
        guard at < packed.count, count <= row.count - filled else { return nil }
        UnsafeMutableRawBufferPointer(rebasing: row[filled..<(filled + count)])
          .initializeMemory(as: UInt8.self, repeating: packed[at])
        at += 1
        filled += count
      }
    }
    return at
  }
}

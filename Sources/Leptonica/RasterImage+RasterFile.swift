import Glibc

extension RasterImage {
  private static let chunk = 1 << 20  // bytes written at a time: bounds the copy, few system calls
  private static let sampled = 16  // rows, of which one tells whether packing is worth it
  private static let worth = 0.75  // of the bytes: a photograph or a noisy scan is not packed in vain

  /// Writes the image in grey as a page's raster file: a TIFF, packed where that makes it smaller.
  ///
  /// Leptonica's own writers are tens of times slower.
  /// - Throws: `RasterFailure.inputOutput`.
  package func writeRaster(to descriptor: Int32) throws {
    try writeRaster { try Self.write($0, to: descriptor) }
  }

  /// The same, handed out piece by piece.
  package func writeRaster(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
    let image = try grey()
    let (width, height) = (image.width, image.height)
    let packed = try image.packedRows()
    let head = RasterFileHead(
      width: width, height: height, resolution: resolution, isPacked: packed != nil,
      stripLength: packed?.count ?? width * height)
    try head.bytes.withUnsafeBytes(write)
    if let packed { return try packed.withUnsafeBytes(write) }
    let rows = max(1, Self.chunk / (width + 3))
    // Words are written whole, so the last may spill into the next row's place.
    try withUnsafeTemporaryAllocation(byteCount: rows * width + 4, alignment: 4) { buffer in
      for first in stride(from: 0, to: height, by: rows) {
        let count = min(rows, height - first)
        try image.withWords { words in
          for y in 0..<count {
            let row = UnsafeMutableRawBufferPointer(rebasing: buffer[(y * width)...])
            image.copyRow(first + y, of: words, into: row)
          }
        }
        try write(UnsafeRawBufferPointer(rebasing: buffer[..<(count * width)]))
      }
    }
  }

  /// All rows by `PackBits`; nil where that hardly makes them shorter.
  private func packedRows() throws -> [UInt8]? {
    let (width, height) = (width, height)
    let most = PackBits.longest(width)
    return try withWords { words in
      withUnsafeTemporaryAllocation(byteCount: 4 * wordsPerRow, alignment: 4) { buffer in
        let row = UnsafeBufferPointer(
          UnsafeMutableRawBufferPointer(rebasing: buffer[..<width]).assumingMemoryBound(to: UInt8.self))
        var sample = 0
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: most) { packed in
          guard let packed = packed.baseAddress else { return }
          for y in stride(from: 0, to: height, by: Self.sampled) {
            copyRow(y, of: words, into: buffer)
            sample += PackBits.pack(row, into: packed)
          }
        }
        let rows = (height + Self.sampled - 1) / Self.sampled
        guard Double(sample) <= Self.worth * Double(rows * width) else { return nil }
        return [UInt8](unsafeUninitializedCapacity: most * height) { packed, length in
          guard let start = packed.baseAddress else { return }
          for y in 0..<height {
            copyRow(y, of: words, into: buffer)
            length += PackBits.pack(row, into: start + length)
          }
        }
      }
    }
  }

  /// A row's pixels as bytes from left to right, and up to three behind them.
  @inline(__always)
  private func copyRow(
    _ y: Int, of words: UnsafeMutableBufferPointer<UInt32>, into row: UnsafeMutableRawBufferPointer
  ) {
    let perRow = wordsPerRow
    let source = words.baseAddress! + y * perRow  // an image has at least one word
    let out = row.baseAddress!  // room for a row was asked for
    for word in 0..<perRow { out.storeBytes(of: source[word].bigEndian, toByteOffset: 4 * word, as: UInt32.self) }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw RasterFailure.inputOutput(errno: errno) }
      rest = rest.dropFirst(written)
    }
  }
}

import Glibc

extension RasterImage {
  private static let chunk = 1 << 20  // bytes written or read at a time: bounds the copy, few system calls

  /// Writes the image as a binary PGM (P5, 255) with its resolution in a comment; depth 8 after `grey()`.
  ///
  /// Leptonica's own writer is seventy times slower.
  /// - Throws: `RasterFailure.inputOutput`.
  package func writePGM(to descriptor: Int32) throws {
    try writePGM { try Self.write($0, to: descriptor) }
  }

  /// The same, handed out piece by piece.
  package func writePGM(_ write: (UnsafeRawBufferPointer) throws -> Void) throws {
    let image = try grey()
    let (width, height, perRow) = (image.width, image.height, image.wordsPerRow)
    try Array("P5\n# \(resolution) dpi\n\(width) \(height)\n255\n".utf8).withUnsafeBytes(write)
    let rows = max(1, Self.chunk / (4 * perRow))
    // Rows are packed to `width` bytes; words are written whole, so the last may spill into the next row's place.
    try withUnsafeTemporaryAllocation(byteCount: rows * width + 4, alignment: 4) { buffer in
      try image.withWords { words in
        for first in stride(from: 0, to: height, by: rows) {
          let count = min(rows, height - first)
          for y in 0..<count {
            let row = words.baseAddress! + (first + y) * perRow  // an image has at least one word
            let out = buffer.baseAddress! + y * width  // at least five bytes were asked for
            for word in 0..<perRow {
              out.storeBytes(of: row[word].bigEndian, toByteOffset: 4 * word, as: UInt32.self)
            }
          }
          try write(UnsafeRawBufferPointer(rebasing: buffer[..<(count * width)]))
        }
      }
    }
  }

  /// Reads what `writePGM` wrote, from the descriptor's current place.
  ///
  /// - Throws: `RasterFailure.badPixelFile`, `.tooManyPixels`, `.inputOutput`.
  package static func readPGM(from descriptor: Int32, pixelLimit: Int) throws -> RasterImage {
    let header = try PGMHeader(readingFrom: descriptor)
    guard header.width <= pixelLimit / max(header.height, 1) else {
      throw RasterFailure.tooManyPixels(width: header.width, height: header.height, limit: pixelLimit)
    }
    let image = try RasterImage(width: header.width, height: header.height, depth: 8, resolution: header.resolution)
    let (width, height, perRow) = (header.width, header.height, image.wordsPerRow)
    let rows = max(1, chunk / width)
    try withUnsafeTemporaryAllocation(byteCount: rows * width + 4, alignment: 4) { buffer in
      try image.withWords { words in
        for first in stride(from: 0, to: height, by: rows) {
          let count = min(rows, height - first)
          try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<(count * width)]), from: descriptor)
          for y in 0..<count {
            let row = words.baseAddress! + (first + y) * perRow  // an image has at least one word
            let source = UnsafeRawPointer(buffer.baseAddress! + y * width)  // at least five bytes were asked for
            for word in 0..<perRow {
              row[word] = UInt32(bigEndian: source.loadUnaligned(fromByteOffset: 4 * word, as: UInt32.self))
            }
          }
        }
      }
    }
    return image
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

  private static func read(into buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32) throws {
    var done = 0
    while done < buffer.count {
      let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw RasterFailure.inputOutput(errno: errno) }
      guard got > 0 else { throw RasterFailure.badPixelFile(detail: "the rows end early") }
      done += got
    }
  }
}

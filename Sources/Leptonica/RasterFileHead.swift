import Glibc

/// The head of a page's raster file: a TIFF of one strip, whose directory stands before the pixels.
///
/// Every program reads such a file; this reads only what it writes itself, byte by byte as it writes it.
/// - Source: TIFF 6.0, "Bilevel and grayscale images".
struct RasterFileHead {
  let width: Int
  let height: Int
  let resolution: Int  // dots per inch
  /// Whether rows are packed by `PackBits`; else they stand as they are, a byte a pixel.
  let isPacked: Bool
  /// Bytes of the strip.
  let stripLength: Int

  /// Bytes before the strip.
  static let length = 168

  private static let directory = 8
  private static let fraction = 160  // where the resolution stands: behind the directory of twelve entries

  private enum Format: UInt16 { case short = 3, long = 4, rational = 5 }

  /// The head as bytes.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.length)
    func short(_ value: Int) { for shift in [0, 8] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) } }
    func long(_ value: Int) { for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) } }
    func entry(_ tag: Int, _ format: Format, _ value: Int) {
      short(tag)
      short(Int(format.rawValue))
      long(1)
      long(value)
    }
    bytes += Array("II".utf8)
    short(42)
    long(Self.directory)
    short(12)
    entry(256, .long, width)
    entry(257, .long, height)
    entry(258, .short, 8)  // bits of a pixel
    entry(259, .short, isPacked ? 32_773 : 1)
    entry(262, .short, 1)  // 0 is black
    entry(273, .long, Self.length)  // where the strip begins
    entry(277, .short, 1)  // samples of a pixel
    entry(278, .long, height)  // rows of the strip
    entry(279, .long, stripLength)
    entry(282, .rational, Self.fraction)
    entry(283, .rational, Self.fraction)
    entry(296, .short, 2)  // to the inch
    long(0)  // no other directory
    bytes += [UInt8](repeating: 0, count: Self.fraction - bytes.count)
    long(resolution)
    long(1)
    return bytes
  }
}

extension RasterFileHead {
  private static let longestSide = 1 << 20  // pixels

  /// Takes a file's first bytes apart.
  ///
  /// - Throws: `RasterFailure.badPixelFile` where this never wrote them.
  init(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count >= Self.length else { throw RasterFailure.badPixelFile(detail: "the head ends early") }
    func long(_ offset: Int) -> Int {
      Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    /// Of the directory's entry.
    func value(_ entry: Int) -> Int { long(Self.directory + 2 + 12 * entry + 8) }
    width = value(0)
    height = value(1)
    isPacked = value(3) != 1
    stripLength = value(8)
    resolution = long(Self.fraction)
    guard (1..<Self.longestSide).contains(width), (1..<Self.longestSide).contains(height) else {
      throw RasterFailure.badPixelFile(detail: "no size")
    }
    guard self.bytes.elementsEqual(bytes.prefix(Self.length)) else {
      throw RasterFailure.badPixelFile(detail: "another kind of TIFF")
    }
    guard isPacked ? stripLength <= PackBits.longest(width) * height : stripLength == width * height else {
      throw RasterFailure.badPixelFile(detail: "a strip of \(stripLength) bytes")
    }
  }
}

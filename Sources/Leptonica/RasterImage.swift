import CLeptonica

/// A raster in memory: a Leptonica `Pix`, owned and never changed once made.
///
/// Depth is 1 (black on white is 1 on 0), 8 (grey, 0 is black) or 32 (RGB) after the conversions here; a decoded
/// image keeps what its file has, colour map and alpha included. Not thread-safe: one worker, one thread.
package final class RasterImage {
  let pix: UnsafeMutablePointer<Pix>

  /// Takes ownership of what a Leptonica call returned; nil means that the call failed.
  init(_ pix: UnsafeMutablePointer<Pix>?, from operation: String) throws {
    guard let pix else { throw RasterFailure.operation(operation, detail: LeptonicaMessages.takeLast()) }
    self.pix = pix
  }

  /// A blank image: white at depth 8 and 32, all zero (which shows as white) at depth 1.
  ///
  /// - Throws: `RasterFailure.operation` where the size is not positive or memory does not suffice.
  package convenience init(width: Int, height: Int, depth: Int, resolution: Int = 0) throws {
    LeptonicaMessages.capture()
    guard let w = Int32(exactly: width), let h = Int32(exactly: height), let d = Int32(exactly: depth) else {
      throw RasterFailure.operation("create", detail: "\(width) × \(height) × \(depth) is out of range")
    }
    try self.init(pixCreate(w, h, d), from: "create")
    if depth > 1 { pixSetAll(pix) }
    setResolution(resolution)
  }

  deinit {
    var owned: UnsafeMutablePointer<Pix>? = pix
    pixDestroy(&owned)
  }

  package var width: Int { Int(pixGetWidth(pix)) }
  package var height: Int { Int(pixGetHeight(pix)) }
  package var bounds: PixelRect { PixelRect(left: 0, top: 0, width: width, height: height) }
  /// Bits per pixel: 1, 2, 4, 8, 16 or 32.
  package var depth: Int { Int(pixGetDepth(pix)) }
  package var hasColormap: Bool { pixGetColormap(pix) != nil }
  package var hasAlpha: Bool { pixGetSpp(pix) == 4 }
  /// Dots per inch; 0 where the source does not tell.
  package var resolution: Int { Int(pixGetXRes(pix)) }

  /// Sets both resolutions; the one change to an image that is allowed, since it touches no pixel.
  package func setResolution(_ dotsPerInch: Int) {
    let value = Int32(clamping: max(dotsPerInch, 0))
    pixSetResolution(pix, value, value)
  }

  /// Lends the underlying `Pix *` to another door; it must not outlive the call.
  package func withPix<Result>(_ body: (OpaquePointer) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) { try body(OpaquePointer(pix)) }
  }

  /// The value of one pixel as Leptonica stores it; for 32 bits `0xRRGGBBAA`. Slow: for tests and single looks.
  package func pixel(x: Int, y: Int) -> UInt32? {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return nil }
    var value: UInt32 = 0
    pixGetPixel(pix, Int32(x), Int32(y), &value)
    return value
  }

  /// Words per row; a word holds its leftmost pixel in its highest bits.
  var wordsPerRow: Int { Int(pixGetWpl(pix)) }

  /// All rows, `wordsPerRow` words each.
  func withWords<Result>(_ body: (UnsafeMutableBufferPointer<UInt32>) throws -> Result) throws -> Result {
    guard let data = pixGetData(pix) else { throw RasterFailure.operation("pixels", detail: "no data") }
    return try withExtendedLifetime(self) {
      try body(UnsafeMutableBufferPointer(start: data, count: wordsPerRow * height))
    }
  }
}

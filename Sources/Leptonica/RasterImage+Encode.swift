import CJPEG
import CLeptonica
import Glibc

extension RasterImage {
  /// The image as a JPEG file; depth 8 and 32 only, alpha blended on white beforehand.
  ///
  /// - Parameter quality: 1…100.
  package func jpeg(quality: Int) throws -> [UInt8] {
    let source = depth == 8 && !hasColormap ? self : try depth == 32 || hasColormap ? rgb() : grey()
    return try source.withWords { words in
      var count = 0
      let file = cjpeg_encode(
        words.baseAddress, source.wordsPerRow, Int32(source.width), Int32(source.height), source.depth == 32,
        Int32(clamping: source.resolution), Int32(min(max(quality, 1), 100)), &count)
      guard let file else { throw RasterFailure.operation("JPEG", detail: "out of memory, or too large for a JPEG") }
      defer { free(file) }
      return Array(UnsafeBufferPointer(start: file, count: count))
    }
  }

  /// The image as a PNG file, lossless; a file of the same bytes for the same pixels.
  package func png() throws -> [UInt8] {
    try withExtendedLifetime(self) { try Self.encoded("PNG") { pixWriteMemPng($0, $1, pix, 0) } }
  }

  /// The image as a WebP file, lossless.
  package func webp() throws -> [UInt8] {
    let source = try rgb()
    return try withExtendedLifetime(source) { try Self.encoded("WebP") { pixWriteMemWebP($0, $1, source.pix, 100, 1) } }
  }

  /// The image as a one-page TIFF file: CCITT group 4 at depth 1, deflate otherwise.
  package func tiff() throws -> [UInt8] {
    let compression = Int32(depth == 1 ? IFF_TIFF_G4 : IFF_TIFF_ZIP)
    return try withExtendedLifetime(self) {
      try Self.encoded("TIFF") { pixWriteMemTiff($0, $1, pix, compression) }
    }
  }

  /// Images as one TIFF file of many pages.
  package static func tiff(pages: [RasterImage]) throws -> [UInt8] {
    guard let list = pixaCreate(Int32(clamping: pages.count)) else {
      throw RasterFailure.operation("TIFF", detail: LeptonicaMessages.takeLast())
    }
    defer {
      var owned: UnsafeMutablePointer<Pixa>? = list
      pixaDestroy(&owned)
    }
    for page in pages { pixaAddPix(list, page.pix, Int32(L_CLONE)) }
    return try withExtendedLifetime(pages) {
      try encoded("TIFF") { pixaWriteMemMultipageTiff($0, $1, list) }
    }
  }

  private static func encoded(
    _ name: String,
    _ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>, UnsafeMutablePointer<Int>) -> Int32
  ) throws -> [UInt8] {
    var data: UnsafeMutablePointer<UInt8>?
    var size = 0
    let failed = write(&data, &size)
    defer { lept_free(data) }
    guard failed == 0, let data else { throw RasterFailure.operation(name, detail: LeptonicaMessages.takeLast()) }
    return Array(UnsafeBufferPointer(start: data, count: size))
  }
}

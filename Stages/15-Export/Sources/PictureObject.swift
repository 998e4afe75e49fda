import Leptonica

/// An image as an object of a PDF: a JPEG as it is, anything else without loss.
struct PictureObject {
  /// Writes the image.
  ///
  /// - Parameters:
  ///   - page: of a TIFF, from 0.
  ///   - pixelLimit: more than this, and nothing is decoded.
  /// - Returns: the object's number.
  /// - Throws: `RasterFailure` where the image cannot be read.
  static func write(_ bytes: UnsafeRawBufferPointer, page: Int, pixelLimit: Int, to file: PDFFile) throws -> Int {
    let header = try ImageHeader(of: bytes, page: page)
    let isPlain = header.orientation == .upright && [1, 3].contains(header.samplesPerPixel)
    if header.format == .jpeg, isPlain, header.bitsPerSample == 8 {
      let space = header.samplesPerPixel == 1 ? "/DeviceGray" : "/DeviceRGB"
      return try file.add(
        stream: bytes,
        entries(header.width, header.height, space, bits: 8) + " /Filter /DCTDecode")
    }
    var image = try RasterImage.decode(bytes, page: page, pixelLimit: pixelLimit)
    if image.hasColormap || image.hasAlpha || ![1, 8, 32].contains(image.depth) { image = try image.rgb() }
    let png = try PNGData(try image.png())
    let colors = png.isColor ? 3 : 1
    return try file.add(
      stream: png.data,
      entries(png.width, png.height, png.isColor ? "/DeviceRGB" : "/DeviceGray", bits: png.bits)
        + " /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors \(colors) /BitsPerComponent \(png.bits) "
        + "/Columns \(png.width) >>")
  }

  private static func entries(_ width: Int, _ height: Int, _ space: String, bits: Int) -> String {
    "/Type /XObject /Subtype /Image /Width \(width) /Height \(height) /ColorSpace \(space) /BitsPerComponent \(bits)"
  }
}

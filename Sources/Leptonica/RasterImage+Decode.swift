import CLeptonica

extension RasterImage {
  // Of a JPEG: an encoder makes ten of a progressive one, and each scan beyond costs as much time as the whole image.
  private static let mostScans = 64

  /// Decodes one page of an image file held in memory; the pixels come out upright.
  ///
  /// - Parameter page: counts from 0; only a TIFF has more than one.
  /// - Parameter pixelLimit: more than this by the header's word, and nothing is decoded.
  /// - Throws: `RasterFailure`, of any kind that `ImageHeader` throws, `.tooManyPixels` or `.damaged`.
  package static func decode(_ bytes: UnsafeRawBufferPointer, page: Int = 0, pixelLimit: Int) throws -> RasterImage {
    let header = try ImageHeader(of: bytes, page: page)
    let (pixels, overflow) = header.width.multipliedReportingOverflow(by: header.height)
    guard !overflow, pixels <= pixelLimit else {
      throw RasterFailure.tooManyPixels(width: header.width, height: header.height, limit: pixelLimit)
    }
    if header.format == .jpeg { try checkScans(of: bytes) }
    _ = LeptonicaMessages.take()
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let pix = header.format == .tiff ? pixReadMemTiff(start, bytes.count, Int32(page)) : pixReadMem(start, bytes.count)
    guard let pix else { throw RasterFailure.damaged(header.format, detail: LeptonicaMessages.takeLast()) }
    return try RasterImage(pix, from: "decode").upright(header.orientation)
  }

  /// The same for an array.
  package static func decode(_ bytes: [UInt8], page: Int = 0, pixelLimit: Int) throws -> RasterImage {
    try bytes.withUnsafeBytes { try decode($0, page: page, pixelLimit: pixelLimit) }
  }

  /// - Throws: `RasterFailure.damaged` for a JPEG of more scans than any encoder makes.
  static func checkScans(of jpeg: UnsafeRawBufferPointer) throws {
    let scans = JPEGSegments.scanCount(in: jpeg)
    guard scans <= mostScans else { throw RasterFailure.damaged(.jpeg, detail: "\(scans) scans") }
  }

  private func upright(_ orientation: ImageOrientation) throws -> RasterImage {
    let plain = orientation.isMirrored ? try mirrored() : self
    guard orientation.quarterTurns != 0 else { return plain }
    return try plain.made("turn") { pixRotateOrth($0, Int32(orientation.quarterTurns)) }
  }
}

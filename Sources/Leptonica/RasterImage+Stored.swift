import CLeptonica

extension RasterImage {
  /// Decodes a fax of group 4 that stands by itself, as a PDF holds it; depth 1.
  ///
  /// - Parameter inkIsBlack: whether what the fax calls black is black.
  /// - Throws: `RasterFailure.damaged`, `.tooManyPixels`.
  package static func fax(
    _ strip: [UInt8], width: Int, height: Int, inkIsBlack: Bool, pixelLimit: Int
  ) throws -> RasterImage {
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !overflow, pixels <= pixelLimit else {
      throw RasterFailure.tooManyPixels(width: width, height: height, limit: pixelLimit)
    }
    LeptonicaMessages.capture()
    _ = LeptonicaMessages.take()
    let file = FaxFile(width: width, height: height, inkIsBlack: inkIsBlack, stripLength: strip.count).head + strip
    guard let pix = file.withUnsafeBufferPointer({ pixReadMemTiff($0.baseAddress, $0.count, 0) }) else {
      throw RasterFailure.damaged(.tiff, detail: LeptonicaMessages.takeLast())
    }
    return try RasterImage(pix, from: "decode")
  }

  /// Decodes a JPEG as a PDF shows it: whatever orientation it claims of itself is passed over. Depth 8 or 32.
  ///
  /// - Parameter reduction: 1, 2, 4 or 8, by which the decoder itself makes it smaller.
  /// - Throws: `RasterFailure.damaged`, `.tooManyPixels`; as `.damaged` also one of other than one or three colours.
  package static func jpeg(_ bytes: [UInt8], reduction: Int = 1, pixelLimit: Int) throws -> RasterImage {
    let (limit, isUnlimited) = pixelLimit.multipliedReportingOverflow(by: reduction * reduction)
    let header = try bytes.withUnsafeBytes { try jpegHeader(of: $0, pixelLimit: isUnlimited ? .max : limit) }
    guard header.samplesPerPixel == 1 || header.samplesPerPixel == 3 else {
      throw RasterFailure.damaged(.jpeg, detail: "\(header.samplesPerPixel) colours")
    }
    _ = LeptonicaMessages.take()
    let pix = bytes.withUnsafeBufferPointer {
      pixReadMemJpeg($0.baseAddress, $0.count, 0, Int32(reduction), nil, 0)
    }
    guard let pix else { throw RasterFailure.damaged(.jpeg, detail: LeptonicaMessages.takeLast()) }
    return try RasterImage(pix, from: "decode")
  }

  /// - Throws: `RasterFailure.damaged` for what is no JPEG, or one of more scans than any encoder makes; `.tooManyPixels`.
  static func jpegHeader(of bytes: UnsafeRawBufferPointer, pixelLimit: Int) throws -> ImageHeader {
    let header = try ImageHeader(of: bytes)
    guard header.format == .jpeg else { throw RasterFailure.damaged(.jpeg, detail: "another format") }
    try checkScans(of: bytes)
    let (pixels, overflow) = header.width.multipliedReportingOverflow(by: header.height)
    guard !overflow, pixels <= pixelLimit else {
      throw RasterFailure.tooManyPixels(width: header.width, height: header.height, limit: pixelLimit)
    }
    return header
  }
}

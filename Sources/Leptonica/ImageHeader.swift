import CLeptonica

/// What an image's first bytes say of it, read without decoding a pixel.
package struct ImageHeader: Sendable, Hashable {
  package let format: ImageFormat
  /// Pixels as stored, before an orientation tag is obeyed.
  package let width: Int
  package let height: Int
  package let bitsPerSample: Int
  package let samplesPerPixel: Int
  /// More than 1 only for TIFF.
  package let pageCount: Int
  /// How the decoded pixels must be turned and mirrored to stand upright.
  package let orientation: ImageOrientation
  /// Dots per inch of the upright image; nil where the file is silent.
  package let resolution: ImageResolution?
  /// Whether the upright image is as wide as the stored one is high.
  package let swapsAxes: Bool

  /// Pixels of the upright image.
  package var uprightWidth: Int { swapsAxes ? height : width }
  package var uprightHeight: Int { swapsAxes ? width : height }

  /// Reads the header of one page.
  ///
  /// - Parameter page: counts from 0; only a TIFF has more than one.
  /// - Throws: `RasterFailure.unknownFormat`, `.unsupportedFormat`, `.damaged`, `.noSuchPage`.
  package init(of bytes: UnsafeRawBufferPointer, page: Int = 0) throws {
    LeptonicaMessages.capture()
    guard let format = ImageFormat(sniffing: bytes), let data = bytes.baseAddress else {
      throw RasterFailure.unknownFormat
    }
    guard format != .gif else { throw RasterFailure.unsupportedFormat(format) }
    let pages = format == .tiff ? TIFFPages.count(in: bytes) : 1
    guard pages > 0 else { throw RasterFailure.damaged(format, detail: "no readable page directory") }
    guard (0..<pages).contains(page) else { throw RasterFailure.noSuchPage(page, count: pages) }

    var (w, h, bits, samples, other, kind): (Int32, Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0, 0)
    let start = data.assumingMemoryBound(to: UInt8.self)
    let failed =
      if format == .tiff {
        readHeaderMemTiff(start, bytes.count, Int32(page), &w, &h, &bits, &samples, nil, &other, &kind)
      } else {
        pixReadHeaderMem(start, bytes.count, &kind, &w, &h, &bits, &samples, &other)
      }
    guard failed == 0, w > 0, h > 0 else {
      throw RasterFailure.damaged(format, detail: LeptonicaMessages.takeLast())
    }
    self.format = format
    width = Int(w)
    height = Int(h)
    bitsPerSample = Int(bits)
    samplesPerPixel = Int(samples)
    pageCount = pages
    // Leptonica obeys a TIFF's own orientation tag while it decodes; a JPEG's is left to us.
    orientation = format == .jpeg ? ImageOrientation(exifOf: bytes) : .upright
    let tag = format == .tiff ? ImageOrientation(tag: TIFFDirectory(of: page, in: bytes)) : nil
    swapsAxes = (tag ?? orientation).swapsAxes
    let stored = ImageResolution(of: format, in: bytes, page: page)
    resolution = swapsAxes ? stored?.swapped : stored
  }
}

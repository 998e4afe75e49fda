import CLeptonica

extension RasterImage {
  /// A copy that is white within the rectangles; what lies outside the image is ignored.
  package func whitened(_ rects: [PixelRect]) throws -> RasterImage {
    let copy = try made("copy") { pixCopy(nil, $0) }
    for rect in rects { try copy.paint(rect, from: nil) }
    return copy
  }

  /// A copy that is white except within the rectangles.
  package func keeping(_ rects: [PixelRect]) throws -> RasterImage {
    let blank = try RasterImage(width: width, height: height, depth: depth, resolution: resolution)
    for rect in rects { try blank.paint(rect, from: self) }
    return blank
  }

  /// A copy with so many white pixels around it.
  package func bordered(by margin: Int) throws -> RasterImage {
    let white: UInt32 = depth == 1 ? 0 : depth == 8 ? 0xFF : 0xFFFF_FF00
    return try made("border") { pixAddBorder($0, Int32(clamping: margin), white) }
  }

  /// Copies a rectangle from another image of the same size, or makes it white.
  private func paint(_ rect: PixelRect, from source: RasterImage?) throws {
    guard let clip = rect.clipped(width: width, height: height) else { return }
    let (x, y, w, h) = (Int32(clip.left), Int32(clip.top), Int32(clip.width), Int32(clip.height))
    // White is all ones at depth 8 and 32, all zeroes at depth 1.
    let operation = source != nil ? PIX_SRC : depth == 1 ? PIX_CLR : PIX_SET
    let failed = withExtendedLifetime((self, source)) {
      pixRasterop(pix, x, y, w, h, Int32(operation), source?.pix, x, y)
    }
    guard failed == 0 else { throw RasterFailure.operation("paint", detail: LeptonicaMessages.takeLast()) }
  }
}

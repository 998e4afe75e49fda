import CLeptonica

extension RasterImage {
  /// The grey images side by side from the left, their tops level, white where one is lower than another.
  package static func row(_ images: [RasterImage]) throws -> RasterImage {
    let images = try images.map { try $0.grey() }
    let row = try RasterImage(
      width: images.reduce(0) { $0 + $1.width }, height: images.reduce(0) { max($0, $1.height) }, depth: 8,
      resolution: images.first?.resolution ?? 0)
    var left: Int32 = 0
    for image in images {
      let (width, height) = (Int32(image.width), Int32(image.height))
      let failed = withExtendedLifetime((row, image)) {
        pixRasterop(row.pix, left, 0, width, height, Int32(PIX_SRC), image.pix, 0, 0)
      }
      guard failed == 0 else { throw RasterFailure.operation("row", detail: LeptonicaMessages.takeLast()) }
      left += width
    }
    return row
  }
}

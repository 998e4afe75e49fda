import DocumentModel
import Leptonica
import Poppler

/// Pictures of a PDF's page.
struct PDFPictures: PictureSource {
  let page: PopplerPage

  private static let pixelLimit = 25_000_000  // of one picture: 100 MB while it is encoded
  private static let lowest = 36.0  // dots per inch: below it nothing can be made out

  func embedded(_ number: Int) throws -> RasterImage? {
    let raster = try page.image(number)
    guard raster.width * raster.height <= Self.pixelLimit else { return nil }
    return try Self.image(raster, resolution: 0)
  }

  func crop(_ box: BoundingBox, resolution: Double) throws -> RasterImage {
    let area = max(box.area, 1) / (72 * 72)
    let affordable = (Double(Self.pixelLimit) / area).squareRoot()
    let resolution = max(min(resolution, affordable), Self.lowest)
    return try Self.image(
      page.render(resolution: resolution, region: box, pixelLimit: Self.pixelLimit * 2), resolution: Int(resolution))
  }

  private static func image(_ raster: CairoRaster, resolution: Int) throws -> RasterImage {
    try raster.withPixels {
      try RasterImage(
        xrgb: $0, width: raster.width, height: raster.height, bytesPerRow: raster.bytesPerRow,
        hasAlpha: raster.hasAlpha,
        resolution: resolution, as: .rgb)
    }
  }
}

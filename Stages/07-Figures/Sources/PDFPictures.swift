import DocumentModel
import Leptonica
import Poppler
import QPDF

/// Pictures of a PDF's page.
struct PDFPictures: PictureSource {
  let page: PopplerPage
  let objects: PDFObjects

  static let pixelLimit = 25_000_000  // of one picture: 100 MB while it is encoded
  private static let lowest = 36.0  // dots per inch: below it nothing can be made out

  func embedded(_ number: Int) throws -> RasterImage? {
    let raster = try page.image(number)
    guard raster.width * raster.height <= Self.pixelLimit else { return nil }
    return try Self.image(raster, resolution: 0)
  }

  private static let storedLimit = 1 << 26  // bytes of one JPEG
  private static let heldLimit = 1 << 24  // bytes of a page's JPEG files that are kept between look and file
  private static let mostPhotographs = 24  // on a page: each is looked at, and of more one is much like another

  func photographs() -> [Photograph] {
    guard let reader = objects.reader, let makeup = objects.makeup(ofPage: page.number) else { return [] }
    let stored = makeup.images.filter(Photograph.isPlain)
    guard stored.count <= Self.mostPhotographs else { return [] }
    var held = 0
    return stored.compactMap { image in
      // Damaged, larger than pictures are let, or not what its dictionary says: Poppler makes the best of it.
      guard let bytes = reader.storedBytes(of: image, limit: Self.storedLimit),
        let small = try? RasterImage.jpeg(
          bytes, reduction: PictureLook.reduction(image.width, image.height), pixelLimit: Self.pixelLimit),
        (small.depth == 32) == (image.space == .rgb), let look = try? PictureLook(small)
      else { return nil }
      let isHeld = bytes.count <= Self.heldLimit - held
      if isHeld { held += bytes.count }
      return Photograph(image: image, look: look, bytes: isHeld ? bytes : nil)
    }
  }

  func file(of photograph: Photograph) -> StoredJPEG? {
    let image = photograph.image
    guard let bytes = photograph.bytes ?? objects.reader?.storedBytes(of: image, limit: Self.storedLimit),
      let file = try? StoredJPEG(bytes, pixelLimit: Self.pixelLimit),
      (file.width, file.height) == (image.width, image.height)
    else { return nil }
    return file
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

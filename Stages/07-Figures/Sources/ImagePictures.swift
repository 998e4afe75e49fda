import DocumentModel
import Leptonica

/// Pictures within the one image that a page of an image document is.
struct ImagePictures: PictureSource {
  let image: RasterImage
  let page: PageSize
  var pixelLimit = PDFPictures.pixelLimit

  func embedded(_ number: Int) throws -> RasterImage? { nil }

  func photographs() -> [Photograph] { [] }

  func file(of photograph: Photograph) -> StoredJPEG? { nil }

  func crop(_ box: BoundingBox, resolution: Double) throws -> RasterImage {
    let across = Double(image.width) / max(page.width, 1)
    let down = Double(image.height) / max(page.height, 1)
    let left = Int((box.left * across).rounded(.down))
    let top = Int((box.top * down).rounded(.down))
    let right = Int((box.right * across).rounded(.up))
    let bottom = Int((box.bottom * down).rounded(.up))
    let part = try image.cropped(to: PixelRect(left: left, top: top, width: right - left, height: bottom - top))
    let pixels = part.width * part.height
    // Rounding up at both sides would end a little above the limit.
    return pixels <= pixelLimit ? part : try part.scaled(by: 0.999 * (Double(pixelLimit) / Double(pixels)).squareRoot())
  }
}

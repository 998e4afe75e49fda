import DocumentModel
import Leptonica

/// Where a page's pixels come from.
protocol PictureSource {
  /// An embedded image at its own resolution, as stored; nil where the source has none of that number.
  func embedded(_ number: Int) throws -> RasterImage?

  /// JPEG files that the page may show as they are stored; none where the source cannot tell.
  func photographs() -> [Photograph]

  /// One of them; nil where it is damaged.
  func file(of photograph: Photograph) -> StoredJPEG?

  /// A part of the page.
  ///
  /// - Parameter resolution: dots per inch wanted; an image document gives its own.
  func crop(_ box: BoundingBox, resolution: Double) throws -> RasterImage
}

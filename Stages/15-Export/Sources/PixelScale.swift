import Contracts
import DocumentModel

/// From points to pixels of a page's raster.
struct PixelScale {
  private let factor: Double
  private let width: Int
  private let height: Int
  /// Pixels per inch.
  let resolution: Int

  init(_ raster: PageRaster) {
    factor = raster.resolution / 72
    (width, height) = (raster.width, raster.height)
    resolution = Int(min(max(raster.resolution, 0), 1e6).rounded())
  }

  /// hOCR's property for a box, clipped to the raster.
  func bbox(_ box: BoundingBox) -> String {
    let right = min(pixels(box.right), width)
    let bottom = min(pixels(box.bottom), height)
    return "bbox \(min(pixels(box.left), right)) \(min(pixels(box.top), bottom)) \(right) \(bottom)"
  }

  func pixels(_ points: Double) -> Int { Int(min(max(points * factor, 0), 1e9).rounded()) }
}

import DocumentModel
import Leptonica

/// The ink of a page's raster, looked at only where a grid leaves room for doubt.
final class PageInk {
  private let load: () throws -> RasterImage
  private let scale: Double
  private var raster: RasterImage?
  private var binary: RasterImage?

  private static let ink = 150  // grey: lines of charts are darker; light shading is not ink

  /// - Parameter resolution: of the raster, dots per inch.
  /// - Parameter load: reads the raster.
  init(resolution: Double, load: @escaping () throws -> RasterImage) {
    scale = resolution / 72
    self.load = load
  }

  /// The height of a pixel in points.
  var pixel: Double { 1 / scale }

  /// The grey level at a point of the page, 0 is black; white where there are no pixels.
  func grey(at point: BoundingBox) throws -> Int {
    let (x, y) = (point.left * scale, point.top * scale)
    guard x >= 0, y >= 0, x < Double(Int32.max), y < Double(Int32.max) else { return 255 }
    return try greys().pixel(x: Int(x), y: Int(y)).map { Int($0) } ?? 255
  }

  private func greys() throws -> RasterImage {
    if let raster { return raster }
    let loaded = try load()
    raster = loaded
    return loaded
  }

  /// The share of ink in a box of the page, 0…1; zero for a box without pixels.
  func share(in box: BoundingBox) throws -> Double {
    let image = try binary ?? greys().thresholded(at: Self.ink)
    binary = image
    let bounds = BoundingBox(left: 0, top: 0, right: Double(image.width), bottom: Double(image.height))
    let scaled = BoundingBox(
      left: box.left * scale, top: box.top * scale, right: box.right * scale, bottom: box.bottom * scale)
    guard let inside = scaled.intersection(bounds) else { return 0 }
    let left = Int(inside.left)
    let top = Int(inside.top)
    return try image.inkShare(
      in: PixelRect(left: left, top: top, width: Int(inside.right) - left, height: Int(inside.bottom) - top))
  }
}

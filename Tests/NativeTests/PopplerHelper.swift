import Leptonica
import Poppler

extension PopplerDocument {
  /// Opens a PDF held in memory.
  static func open(_ bytes: [UInt8], password: String? = nil) throws -> PopplerDocument {
    try TemporaryFolder.withDescriptor(bytes) { try PopplerDocument(descriptor: $0, password: password) }
  }
}

extension RasterImage {
  /// What a stage does with a drawn page.
  static func taking(_ raster: CairoRaster, resolution: Int, as target: Target = .grey) throws -> RasterImage {
    try raster.withPixels {
      try RasterImage(
        xrgb: $0, width: raster.width, height: raster.height, bytesPerRow: raster.bytesPerRow,
        hasAlpha: raster.hasAlpha, resolution: resolution, as: target)
    }
  }

  /// The smallest rectangle around all ink.
  func inkBox() throws -> PixelRect? {
    let boxes = try componentBoxes()
    guard let left = boxes.map(\.left).min(), let top = boxes.map(\.top).min(),
      let right = boxes.map(\.right).max(), let bottom = boxes.map(\.bottom).max()
    else { return nil }
    return PixelRect(left: left, top: top, width: right - left, height: bottom - top)
  }
}

import Contracts
import Leptonica
import StageKit

/// Writes a page's two files.
struct PageFiles {
  let options: RenderOptions
  let context: any StageContext

  private static let coarsest = 0.85  // of the resolution asked for: small print can still be read

  /// The grey raster, as a TIFF.
  ///
  /// - Parameter resolution: dots per inch, not rounded to whole ones.
  func raster(_ grey: RasterImage, resolution: Double, native: Bool) throws -> PageRaster {
    let file = try context.makeFile(named: "\(context.unit.basename).tif")
    try grey.writeRaster { try file.write($0) }
    _ = try file.finish()
    return PageRaster(file: file.name, width: grey.width, height: grey.height, resolution: resolution, native: native)
  }

  /// By how much the preview is smaller than a raster of that resolution.
  ///
  /// Whole numbers only: scaling by a fraction costs more than all the rest of the stage.
  func previewFactor(_ resolution: Double) -> Int {
    max(Int(resolution / (Self.coarsest * Double(options.previewDpi))), 1)
  }

  /// The preview as a JPEG; of one channel where the caller has only that, which halves its cost.
  ///
  /// - Parameter resolution: of the page's raster.
  /// - Parameter isReduced: whether the image is as small as the preview already.
  func preview(_ image: RasterImage, resolution: Double, isReduced: Bool = false) throws -> PageRaster {
    let factor = previewFactor(resolution)
    let small = isReduced ? image : try image.reduced(by: factor)
    let file = try context.makeFile(named: "\(context.unit.basename).jpg")
    try file.write(try small.jpeg(quality: options.previewQuality))
    _ = try file.finish()
    return PageRaster(
      file: file.name, width: small.width, height: small.height, resolution: resolution / Double(factor), native: false)
  }
}

import Contracts
import Leptonica
import StageKit

/// Writes a page's two files.
struct PageFiles {
  let options: RenderOptions
  let context: any StageContext

  /// The grey raster as a binary PGM.
  ///
  /// - Parameter resolution: dots per inch, not rounded to whole ones.
  func raster(_ grey: RasterImage, resolution: Double, native: Bool) throws -> PageRaster {
    let file = try context.makeFile(named: "\(context.unit.basename).pgm")
    try grey.writePGM { try file.write($0) }
    _ = try file.finish()
    return PageRaster(file: file.name, width: grey.width, height: grey.height, resolution: resolution, native: native)
  }

  /// The preview as a JPEG; of one channel where the page has no colour, which halves its cost.
  ///
  /// - Parameter colour: the page's pixels; the grey ones serve where it has no colour.
  func preview(_ colour: RasterImage, grey: RasterImage, resolution: Double) throws -> PageRaster {
    // Whole numbers only: scaling by a fraction costs more than all the rest of the stage.
    let factor = max(Int((resolution / Double(options.previewDpi)).rounded()), 1)
    let small = try (colour.isColourless() ? grey : colour).reduced(by: factor)
    let file = try context.makeFile(named: "\(context.unit.basename).jpg")
    try file.write(try small.jpeg(quality: options.previewQuality))
    _ = try file.finish()
    return PageRaster(
      file: file.name, width: small.width, height: small.height, resolution: resolution / Double(factor), native: false)
  }
}

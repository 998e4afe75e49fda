import CanonicalJSON
import DocumentModel
import Leptonica
import StageKit
import WorkerChannel

/// Draws two states of a page over its raster, for `sheaf diff --image`.
enum DrawingTool {
  /// Takes the drawing with the raster's descriptor, then the descriptor to write a PNG to; answers with an empty frame
  /// or a failure.
  static func run(_ channel: FrameChannel) throws {
    guard let order = try channel.receive(), let raster = order.descriptor?.take(),
      let target = try channel.receive()?.descriptor?.take()
    else { return }
    let output = OutputFile(name: "image.png", descriptor: target)
    do {
      let drawing = try CanonicalDecoder().decode(PageDrawing.self, from: order.bytes)
      let page = try self.page(of: InputFile(descriptor: raster))
      try output.write(drawing.isPlain ? try preview(page) : try DrawnDifference(drawing, over: page).png())
      _ = try output.finish()
      try channel.send([])
    } catch {
      let failure =
        error as? StageFailure ?? StageFailure(.engineFailed, "The page could not be drawn: \(error)")
      try channel.send(try CanonicalEncoder().encode(failure))
    }
  }

  /// The page alone, as large as a screen shows it.
  private static func preview(_ page: RasterImage) throws -> [UInt8] {
    let factor = Double(longestSide) / Double(max(page.width, page.height, 1))
    return factor < 1 ? try page.scaled(by: factor).png() : try page.png()
  }

  private static let longestSide = 1600  // pixels: A4 at 137 to the inch, legible and some hundred kilobytes

  /// A raster for recognition by our own reader, which takes nothing else; a scan's own pixels may be any image.
  private static func page(of file: InputFile) throws -> RasterImage {
    try file.withBytes { bytes in
      do {
        return try GreyRaster(bytes, pixelLimit: mostPixels).image()
      } catch RasterFailure.badPixelFile {
        return try RasterImage.decode(bytes, pixelLimit: mostPixels)
      }
    }
  }

  private static let mostPixels = 400_000_000  // what render lets through at most
}

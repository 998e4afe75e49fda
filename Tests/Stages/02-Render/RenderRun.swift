import Contracts
import DocumentModel
import Leptonica
import StageKit
import TestSupport

@testable import Render

/// Runs the stage over one page of a document.
struct RenderRun {
  let output: RenderOutput
  let context: RecordingContext

  init(
    _ bytes: [UInt8], page: Int = 1, size: PageSize = PageSize(width: 612, height: 792), pixels: PixelSize? = nil,
    options: RenderOptions = RenderOptions()
  ) throws {
    let unit = UnitID(.render, .page(page))
    context = try RecordingContext(unit, source: Digest(of: bytes))
    let artifacts = ArtifactsInMemory(source: bytes)
    try artifacts.put(IngestPage(number: page, size: size, rotation: .none, pixels: pixels), .page(page))
    output = try RenderStage().run(.init(unit: unit, artifacts: artifacts), options: options, context: context)
  }

  /// The grey raster as stage 4 would read it.
  func raster() throws -> RasterImage {
    let file = try InputFile(descriptor: try descriptor())
    return try RasterImage.readRaster(from: file.descriptor, pixelLimit: 50_000_000)
  }

  private func descriptor() throws -> Int32 {
    let descriptor = try TemporaryFile.anonymous()
    try context.bytes(of: output.raster.file).withUnsafeBytes { try TemporaryFile.write($0, to: descriptor) }
    return descriptor
  }
}

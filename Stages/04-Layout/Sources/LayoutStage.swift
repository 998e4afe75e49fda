import Contracts
import DocumentModel
import Leptonica
import StageKit

/// Stage 4: the geometry of one page.
package struct LayoutStage: Stage {
  package typealias Input = Upstream<SamePage<RenderOutput>, SamePage<OCROutput>>
  package typealias Output = LayoutOutput

  package static var version: Int { 13 }
  package static var scope: StageScope { .page }

  package static func ingredients() throws -> StageIngredients {
    StageIngredients(engines: ["leptonica": LeptonicaVersion.text])
  }

  package init() {}

  package func run(_ input: Input, options: LayoutOptions, context: any StageContext) throws -> LayoutOutput {
    let (rendered, recognized) = input.needs
    let render = try rendered.load()
    let words = try recognized.load()
    let file = try rendered.file(render.raster.file)
    let boxes = words.words.map(\.box)
    let grey = try Self.grey(render.raster, file)
    let rules = try Self.rules(render.raster, grey, boxes)
    context.progress(0.4)
    return grey.pixels.withUnsafeBytes { bytes in
      let pixels = GreyPixels(
        bytes, width: grey.width, height: grey.height, resolution: render.raster.resolution)
      let drawings = DrawingFinder.drawings(in: pixels, page: render.size, words: boxes, rules: rules)
      let images = ImageAreas.areas(images: render.images, drawings: drawings, page: render.size)
      let geometry = PageGeometry(
        size: render.size, words: words, rules: rules, images: images, columns: options.columns,
        undrawn: Undrawn(render.omissions ?? []))
      return geometry.output(isBlank: pixels.isBlank)
    }
  }

  private static func grey(_ raster: PageRaster, _ file: InputFile) throws -> GreyRaster {
    let (pixels, overflow) = raster.width.multipliedReportingOverflow(by: raster.height)
    return try readable {
      try GreyRaster(readingFrom: file.descriptor, pixelLimit: overflow ? 0 : pixels).onLightGround()
    }
  }

  private static func rules(_ raster: PageRaster, _ grey: GreyRaster, _ words: [BoundingBox]) throws -> [RulingLine] {
    try readable { try RuleFinder.rules(in: grey.image(), resolution: raster.resolution, words: words) }
  }

  /// - Throws: `StageFailure` with `checkpoint_corrupt` or `input_output`.
  private static func readable<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch RasterFailure.inputOutput(let code) {
      throw StageFailure(.inputOutput, "The page's grey raster could not be read (errno \(code)).", retryable: true)
    } catch let failure as RasterFailure {
      throw StageFailure(
        .checkpointCorrupt, "The page's grey raster cannot be used: \(failure).", hint: "Run again from render.")
    }
  }
}

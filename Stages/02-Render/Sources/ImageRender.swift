import Contracts
import DocumentModel
import Leptonica
import StageKit

/// Decodes one frame of an image document: its own pixels, upright, are the page's raster.
struct ImageRender {
  let page: IngestPage
  let pixels: PixelSize
  let options: RenderOptions

  private static let keptPixels = 18_000_000  // of the raster; more is reduced by a whole number
  private static let squareEnough = 0.02  // by which the two resolutions may differ

  func run(_ file: InputFile, context: any StageContext) throws -> RenderOutput {
    let (limit, overflow) = pixels.width.multipliedReportingOverflow(by: pixels.height)
    let decoded = try file.withBytes {
      try RasterImage.decode($0, page: page.number - 1, pixelLimit: overflow ? 0 : limit)
    }
    context.progress(0.5)
    let square = try squared(decoded)
    let factor = factor(square)
    let grey = try square.grey().reduced(by: factor)
    let shown = square.depth == 32 || square.hasColormap ? try square.rgb().reduced(by: factor) : grey
    let native = factor == 1 && square === decoded
    let resolution = 72 * Double(grey.width) / max(page.size.width, 1)
    grey.setResolution(Int(resolution.rounded()))
    let files = PageFiles(options: options, context: context)
    return RenderOutput(
      size: page.size, raster: try files.raster(grey, resolution: resolution, native: native),
      preview: try files.preview(shown.isColourless() ? grey : shown, resolution: resolution),
      verdict: TextLayerVerdict(
        judgement: .absent, characters: 0, mapped: .none, plausible: .none, imageCover: .certain),
      fonts: [], words: [], images: [ImageArea(box: page.size.bounds, number: 0, pixels: pixels)], links: [],
      formFields: [])
  }

  /// Fax pages are half as fine down as across; their pixels are made square by the finer of the two.
  private func squared(_ image: RasterImage) throws -> RasterImage {
    let across = Double(image.width) / max(page.size.width, 1)
    let down = Double(image.height) / max(page.size.height, 1)
    guard abs(across - down) > Self.squareEnough * max(across, down) else { return image }
    let fine = max(across, down)
    let source = image.depth == 1 ? try image.grey() : image
    return try source.scaled(
      width: Int((page.size.width * fine).rounded()), height: Int((page.size.height * fine).rounded()))
  }

  /// How far the image is reduced: to a bearable number of pixels, and where it is finer than recognition gains by.
  private func factor(_ image: RasterImage) -> Int {
    var factor = 1
    while image.width / factor * (image.height / factor) > Self.keptPixels { factor += 1 }
    let resolution = 72 * Double(image.width) / max(page.size.width, 1)
    return max(factor, Int(resolution / Double(options.dpi)))
  }
}

import Contracts
import DocumentModel
import Leptonica
import Poppler
import StageKit
import TestSupport

@testable import Figures

/// A page of a drawn PDF with what the stages before would say of it.
struct FigurePage {
  var pdf = DrawnPDF()
  var regions: [Region] = []
  var lines: [Line] = []
  var rules: [RulingLine] = []
  var imageAreas: [BoundingBox] = []
  var judgement = TextLayerVerdict.Judgement.trusted
  var words: [Word] = []

  static let resolution = 144.0

  /// Runs the stage over it.
  func run(_ options: FiguresOptions = FiguresOptions()) throws -> (figures: [Figure], context: RecordingContext) {
    let unit = UnitID(.figures, .page(1))
    let context = try RecordingContext(unit, source: Digest(of: pdf.bytes))
    let output = try FiguresStage().run(
      .init(unit: unit, artifacts: try artifacts()), options: options, context: context)
    return (output.figures, context)
  }

  /// A part of the page as Poppler draws it.
  func drawn(_ box: BoundingBox) throws -> RasterImage {
    let file = try ArtifactsInMemory(source: pdf.bytes).document()
    let raster = try PopplerDocument(descriptor: file.descriptor).page(1).render(
      resolution: Self.resolution, region: box)
    return try raster.withPixels {
      try RasterImage(
        xrgb: $0, width: raster.width, height: raster.height, bytesPerRow: raster.bytesPerRow, resolution: 144,
        as: .rgb)
    }
  }

  private func artifacts() throws -> ArtifactsInMemory {
    let store = ArtifactsInMemory(source: pdf.bytes)
    let file = try store.document()
    let page = try PopplerDocument(descriptor: file.descriptor).page(1)
    let drawn = try page.render(resolution: Self.resolution)
    let grey = try drawn.withPixels {
      try RasterImage(
        xrgb: $0, width: drawn.width, height: drawn.height, bytesPerRow: drawn.bytesPerRow, resolution: 144, as: .grey)
    }
    let descriptor = try TemporaryFile.anonymous()
    try grey.writeRaster(to: descriptor)
    let pixels = try InputFile(descriptor: descriptor).bytes()
    let raster = PageRaster(
      file: "0001.tif", width: grey.width, height: grey.height, resolution: Self.resolution, native: false)
    let verdict = TextLayerVerdict(
      judgement: judgement, characters: words.count, mapped: .certain, plausible: .certain, imageCover: .none)
    let images = try page.images(drawn: drawn, turn: page.textLayer().prevailingTurn).map {
      ImageArea(box: $0.box, number: $0.id)
    }
    try store.put(
      RenderOutput(
        size: page.size, raster: raster, preview: raster, verdict: verdict, fonts: [], words: words, images: images,
        links: [], formFields: []), .page(1), files: ["0001.tif": pixels])
    try store.put(IngestPage(number: 1, size: page.size, rotation: .none), .page(1))
    try store.put(
      LayoutOutput(
        size: page.size, turn: .none, lines: lines, blocks: [], columns: [], rules: rules, separators: [],
        imageAreas: imageAreas, dropped: []), .page(1))
    try store.put(RegionsPage(regions: regions), .page(1))
    return store
  }
}

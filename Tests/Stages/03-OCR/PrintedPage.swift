import CLeptonica
import Contracts
import DocumentModel
import Leptonica
import StageKit
import TestSupport

@testable import OCR

/// A page printed with Leptonica's own type, and what render would say of it.
struct PrintedPage {
  var image: RasterImage
  var judgement = TextLayerVerdict.Judgement.absent
  var words: [Word] = []
  var fonts: [Font] = []
  var images: [BoundingBox] = []

  static let resolution = 200.0
  static let prose = [
    "The quick brown fox jumps over the lazy dog", "and every night the hunter walks through high grass",
    "looking for the bright lights of the old village", "where people gather by the fire to tell stories",
    "about the great journey of their grandparents", "who crossed the river before the bridge was built",
    "and planted the orchard that feeds them today", "with apples and pears and plums of every kind",
  ]

  /// Lines of type, the first with its baseline at (100, 120) pixels, a line every 70.
  init(_ lines: [String] = prose, width: Int = 1_700, height: Int = 1_100, ink: UInt32 = 0) throws {
    let page = try RasterImage(width: width, height: height, depth: 8, resolution: 200)
    var font = bmfCreate(nil, 8)
    defer { bmfDestroy(&font) }
    for (row, line) in lines.enumerated() {
      page.withPix { _ = pixSetTextline(.init($0), font, line, ink, 100, Int32(120 + 70 * row), nil, nil) }
    }
    image = page
  }

  var size: PageSize {
    PageSize(width: Double(image.width) * 72 / Self.resolution, height: Double(image.height) * 72 / Self.resolution)
  }

  /// Runs the stage over it.
  func run(_ options: OCROptions = OCROptions(), in context: RecordingContext? = nil) throws -> OCROutput {
    let unit = UnitID(.ocr, .page(1))
    let descriptor = try TemporaryFile.anonymous()
    try image.writeRaster(to: descriptor)
    let pixels = try InputFile(descriptor: descriptor).bytes()
    let raster = PageRaster(
      file: "0001.tif", width: image.width, height: image.height, resolution: Self.resolution, native: true)
    let store = ArtifactsInMemory()
    try store.put(
      RenderOutput(
        size: size, raster: raster, preview: raster,
        verdict: TextLayerVerdict(
          judgement: judgement, characters: 0, mapped: .certain, plausible: .certain, imageCover: .none),
        fonts: fonts, words: words, images: images.enumerated().map { ImageArea(box: $1, number: $0) }, links: [],
        formFields: []),
      .page(1), files: ["0001.tif": pixels])
    return try OCRStage().run(
      .init(unit: unit, artifacts: store), options: options, context: try context ?? RecordingContext(unit))
  }
}

extension RasterImage {
  /// The image with everything outside a rectangle black.
  func framed(around inner: PixelRect) throws -> RasterImage {
    let copy = try whitened([])
    let sides = [
      PixelRect(left: 0, top: 0, width: width, height: inner.top),
      PixelRect(left: 0, top: inner.bottom, width: width, height: height - inner.bottom),
      PixelRect(left: 0, top: 0, width: inner.left, height: height),
      PixelRect(left: inner.right, top: 0, width: width - inner.right, height: height),
    ]
    for side in sides {
      copy.withPix {
        _ = pixRasterop(
          .init($0), Int32(side.left), Int32(side.top), Int32(side.width), Int32(side.height), Int32(PIX_CLR), nil, 0,
          0)
      }
    }
    return copy
  }
}

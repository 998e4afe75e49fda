import DocumentModel
import Leptonica
import Poppler
import QPDF

/// A page that is one image and nothing else that shows: its pixels are the page, and nothing has to be drawn.
struct LoneImage {
  /// Dots per inch of the raster that is made of it.
  let resolution: Double
  /// Whether that is the image's own.
  let isNative: Bool
  /// By which the image is reduced.
  let factor: Int
  /// Whether that is more than recognition has no use for.
  let isEnormous: Bool

  private let image: StoredImage
  private let reader: PDFReader
  private let turn: QuarterTurn

  private static let contentLimit = 1 << 20  // bytes: a page of invisible words has a tenth of it
  private static let storedContentLimit = 1 << 18  // bytes, as stored
  private static let pixelLimit = 24_000_000  // of the raster: 24 MB, A3 at 300 dpi and a bit
  private static let leastResolution = 150.0  // dots per inch: what is coarser reads better interpolated
  private static let sameSize = 0.1  // points: else Poppler and qpdf do not agree about the page
  // By how many pixels the sides may differ from a page of square ones: scanners round each side for itself.
  private static let mostUneven = 3.0
  private static let mostOff = 0.5  // pixels by which the image may miss the page's edge

  /// Nil where the page is something else, or its image is coded in a way that only Poppler reads.
  init?(_ page: PopplerPage, _ makeup: PageMakeup, _ reader: PDFReader, dpi: Double) {
    guard makeup.isPlain, let length = makeup.contentLength, length <= Self.storedContentLimit,
      let turn = QuarterTurn(rawValue: (makeup.rotation + 360) % 360),
      makeup.images.contains(where: ImageDecoding.canRead),
      let content = reader.content(ofPage: page.number, limit: Self.contentLimit),
      let found = LoneImageContent(content, box: (makeup.left, makeup.bottom, makeup.right, makeup.top)),
      let image = makeup.images.first(where: { $0.name == found.name }), ImageDecoding.canRead(image),
      !image.isOptional, image.space != .stencil || !found.setsColour
    else { return nil }
    let (width, height) = (makeup.right - makeup.left, makeup.top - makeup.bottom)
    let size = turn == .right || turn == .left ? (height, width) : (width, height)
    guard width > 0, height > 0, abs(page.size.width - size.0) < Self.sameSize,
      abs(page.size.height - size.1) < Self.sameSize
    else { return nil }
    let across = 72 * Double(image.width) / width, down = 72 * Double(image.height) / height
    let matrix = found.matrix
    let slack = Self.mostOff * 72 / across
    guard across >= Self.leastResolution, across.isFinite,
      abs(across - down) * max(width, height) / 72 <= Self.mostUneven,
      abs(matrix.b) <= slack, abs(matrix.c) <= slack,
      abs(matrix.e - makeup.left) <= slack, abs(matrix.f - makeup.bottom) <= slack,
      abs(matrix.e + matrix.a - makeup.right) <= slack, abs(matrix.f + matrix.d - makeup.top) <= slack
    else { return nil }
    var factor = max(Int(across / dpi), 1)
    let usual = factor
    while image.width / factor * (image.height / factor) > Self.pixelLimit { factor += 1 }
    factor = ImageDecoding.factor(of: image, from: factor)
    (self.image, self.reader, self.turn, self.factor) = (image, reader, turn, factor)
    resolution = (across + down) / 2 / Double(factor)
    isNative = factor == 1
    isEnormous = factor > usual
  }

  /// Decodes it.
  ///
  /// - Parameter previewFactor: by which the preview is smaller than the raster.
  /// - Returns: nil where the image is damaged, or is not what its dictionary says: Poppler draws what there is of it.
  func rasters(previewFactor: Int) -> ImageDecoding.Rasters? {
    // Whatever goes wrong here, Poppler makes the best of it.
    guard
      let upright = try? ImageDecoding(image: image, reader: reader)
        .rasters(factor: factor, colourFactor: factor * previewFactor)
    else { return nil }
    guard turn != .none else { return upright }
    guard let grey = try? upright.grey.turned(turn) else { return nil }
    return ImageDecoding.Rasters(grey: grey, colour: try? upright.colour?.turned(turn))
  }
}

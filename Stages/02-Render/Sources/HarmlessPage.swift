import Contracts
import Leptonica
import Poppler
import QPDF
import StageKit

/// A page made harmless where drawing it as it is would take more memory than a page is worth.
///
/// Everything else about the page is asked of the document itself.
struct HarmlessPage {
  /// What was changed.
  let omissions: [RenderOutput.Omission]
  let page: PopplerPage
  /// Lives as long as its page is drawn.
  private let document: PopplerDocument

  static let heavy = 60_000_000  // pixels of an image: 240 MB while Poppler draws it
  private static let unbearable = 200_000_000  // pixels of an image that cannot be made smaller: 800 MB
  private static let reducedTo = 9_000_000  // pixels: A4 at 300 dpi

  /// Nil where the page can be drawn as it is.
  ///
  /// - Throws: `QPDFFailure`, `PopplerFailure` where no harmless page can be made of it.
  init?(
    _ number: Int, _ makeup: PageMakeup, descriptor: Int32, password: String?, heavy limit: Int = Self.heavy
  ) throws {
    let heavy = makeup.images.filter { $0.pixelCount > limit }
    let canReduce = heavy.filter { $0.space != .stencil && ImageDecoding.canRead($0) }
    let emptied = heavy.filter { $0.pixelCount > Self.unbearable && !canReduce.contains($0) }
    guard makeup.hasCyclicFont || !canReduce.isEmpty || !emptied.isEmpty else { return nil }
    // Not the worker's own: this one is changed.
    let reader = try PDFReader(descriptor: descriptor, password: password)
    var omissions: [RenderOutput.Omission] = makeup.hasCyclicFont ? [.fontLeftOut] : []
    for image in heavy where image.space != .stencil || emptied.contains(image) {
      if canReduce.contains(image), try Self.reduce(image, reader) {
        omissions.append(.imageReduced)
      } else if image.pixelCount > Self.unbearable {
        omissions.append(.imageLeftOut)
      }
    }
    document = try PopplerDocument(bytes: reader.harmlessPage(number, pixelLimit: Self.unbearable))
    page = try document.page(1)
    self.omissions = omissions
  }

  private static func reduce(_ image: StoredImage, _ reader: PDFReader) throws -> Bool {
    var factor = 2
    while image.width / factor * (image.height / factor) > Self.reducedTo { factor += 1 }
    factor = ImageDecoding.factor(of: image, from: factor)
    let rasters: ImageDecoding.Rasters?
    do {
      rasters = try ImageDecoding(image: image, reader: reader).rasters(factor: factor, colourFactor: factor)
    } catch is RasterFailure {
      // Damaged, or not what its dictionary says: Poppler draws what there is of it.
      rasters = nil
    }
    guard let rasters else { return false }
    let pixels = rasters.colour ?? rasters.grey
    try reader.replace(
      image, width: pixels.width, height: pixels.height, isColour: rasters.colour != nil, samples: pixels.samples())
    return true
  }
}

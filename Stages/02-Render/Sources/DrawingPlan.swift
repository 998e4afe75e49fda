import DocumentModel
import Poppler
import QPDF

/// At which resolution a page is drawn.
struct DrawingPlan {
  /// Dots per inch.
  let resolution: Double
  /// Whether the pixels are those of the one image that is the page.
  let isNative: Bool
  /// Whether the page looks like a scan, before its text is known.
  let isScan: Bool

  private static let scanCover = 0.85  // of the page: scans may have margins, figures do not come so large
  private static let mostOthers = 0.3  // of the page: besides the one image; more, and the page is put together
  private static let leastNative = 150.0  // dots per inch: what is coarser reads better interpolated
  private static let pixelLimit = 18_000_000.0  // 72 MB while it is drawn, twice that with its copies; A3 at 300 dpi
  private static let sideLimit = 32_000.0  // pixels: cairo's own limit, less rounding
  private static let lowest = 10.0  // dots per inch, for the largest page that ingest can let through

  private static let heavy = 60_000_000  // pixels: no image of more is decoded to learn its size
  private static let alike = 0.02  // of the proportions: Poppler rounds an image's sides to points

  /// The first plan, from how large images are drawn.
  ///
  /// - Parameter stored: the images that can be reached from the page; nil where that is not known.
  init(_ page: PopplerPage, stored: [StoredImage]?, options: RenderOptions) {
    let size = page.size
    let area = max(size.width * size.height, 1)
    let shares = page.drawnImages.map { (image: $0, share: $0.longer * $0.shorter / area) }
    let large = shares.filter { $0.share >= Self.scanCover }
    isScan = shares.reduce(0) { $0 + $1.share } >= Self.scanCover
    let others = shares.reduce(0) { $0 + ($1.share < Self.scanCover ? $1.share : 0) }
    if large.count == 1, others <= Self.mostOthers,
      let native = Self.native(large[0].image, on: page, stored: stored, dpi: Double(options.dpi))
    {
      let fitting = Self.fitting(native.resolution, size)
      resolution = fitting
      isNative = native.isWhole && fitting == native.resolution
    } else {
      resolution = Self.fitting(Double(isScan ? options.dpi : options.lineDpi), size)
      isNative = false
    }
  }

  /// The second plan, for a page that turned out to need recognition.
  init(recognizing page: PopplerPage, options: RenderOptions) {
    resolution = Self.fitting(Double(options.dpi), page.size)
    isNative = false
    isScan = false
  }

  /// The resolution of an image as drawn, divided by a whole number down to what recognition needs.
  private static func native(
    _ image: (id: Int, longer: Double, shorter: Double), on page: PopplerPage, stored: [StoredImage]?, dpi: Double
  ) -> (resolution: Double, isWhole: Bool)? {
    guard let (longer, shorter) = sides(of: image, on: page, stored: stored) else { return nil }
    // Poppler rounds an image's sides to points; the page's own are exact where the image fills it.
    let size = page.size
    let sides = (max(size.width, size.height), min(size.width, size.height))
    let fills = abs(image.longer - sides.0) <= 1.5 && abs(image.shorter - sides.1) <= 1.5
    let resolution =
      fills
      ? max(longer / sides.0, shorter / sides.1) * 72
      : (max(longer / image.longer, shorter / image.shorter) * 72).rounded()
    guard resolution.isFinite, resolution >= leastNative else { return nil }
    let divisor = max((resolution / dpi).rounded(.down), 1)
    return (resolution / divisor, divisor == 1)
  }

  /// An image's own pixels, the longer side first: of the only stored image that has its proportions, else by decoding.
  private static func sides(
    of image: (id: Int, longer: Double, shorter: Double), on page: PopplerPage, stored: [StoredImage]?
  ) -> (longer: Double, shorter: Double)? {
    let sizes = Set((stored ?? []).map { [max($0.width, $0.height), min($0.width, $0.height)] })
    let fitting = sizes.filter { size in
      let sides = (Double(size[0]), Double(size[1]))
      return abs(sides.0 * image.shorter - sides.1 * image.longer) <= alike * sides.0 * image.shorter
    }
    if fitting.count == 1, let size = fitting.first { return (Double(size[0]), Double(size[1])) }
    // An image that cannot be decoded is drawn as far as it goes, and so is one that is too large to be decoded twice.
    guard sizes.allSatisfy({ $0[0] <= heavy / max($0[1], 1) }), let raster = try? page.image(image.id) else {
      return nil
    }
    return (Double(max(raster.width, raster.height)), Double(min(raster.width, raster.height)))
  }

  /// The resolution, lowered where the raster would have too many pixels.
  private static func fitting(_ resolution: Double, _ size: PageSize) -> Double {
    let (width, height) = (max(size.width, 1) / 72, max(size.height, 1) / 72)
    let affordable = min((pixelLimit / (width * height)).squareRoot(), sideLimit / max(width, height))
    return max(min(resolution, affordable), lowest)
  }
}

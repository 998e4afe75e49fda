import DocumentModel
import Poppler

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

  /// The first plan, from how large images are drawn.
  init(_ page: PopplerPage, options: RenderOptions) {
    let size = page.size
    let area = max(size.width * size.height, 1)
    let shares = page.drawnImages.map { (image: $0, share: $0.longer * $0.shorter / area) }
    let large = shares.filter { $0.share >= Self.scanCover }
    isScan = shares.reduce(0) { $0 + $1.share } >= Self.scanCover
    let others = shares.reduce(0) { $0 + ($1.share < Self.scanCover ? $1.share : 0) }
    if large.count == 1, others <= Self.mostOthers,
      let native = Self.native(large[0].image, on: page, dpi: Double(options.dpi))
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
    _ image: (id: Int, longer: Double, shorter: Double), on page: PopplerPage, dpi: Double
  ) -> (resolution: Double, isWhole: Bool)? {
    // An image that cannot be decoded is drawn as far as it goes.
    guard let raster = try? page.image(image.id) else { return nil }
    let (longer, shorter) = (Double(max(raster.width, raster.height)), Double(min(raster.width, raster.height)))
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

  /// The resolution, lowered where the raster would have too many pixels.
  private static func fitting(_ resolution: Double, _ size: PageSize) -> Double {
    let (width, height) = (max(size.width, 1) / 72, max(size.height, 1) / 72)
    let affordable = min((pixelLimit / (width * height)).squareRoot(), sideLimit / max(width, height))
    return max(min(resolution, affordable), lowest)
  }
}

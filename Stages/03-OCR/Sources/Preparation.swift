import DocumentModel
import Leptonica

/// What is done to a page's raster before the engine sees it.
struct Preparation: Hashable {
  var turn = QuarterTurn.none
  /// Degrees clockwise.
  var correction = 0.0
  var scale = 1.0
  /// Whether pixels are averaged over their neighbours: a black-and-white scan gets soft edges, crumbs run together.
  var isSmoothed = false
  /// Whether edges are made steeper once the image is scaled: enlarged letters of a few pixels are all soft.
  var isSharpened = false
  /// The grey that parts ink from paper, once the light is even, where straight rules are taken out; nil where they
  /// stay.
  var unruledAt: Int?
  var cleaning = Cleaning.none
  /// The height of letters in the raster, in pixels.
  var letterHeight = 0.0

  enum Cleaning: Hashable {
    /// The grey pixels as they are.
    case none
    /// Faint ink made dark, still grey.
    case stretched(black: Int, white: Int)
    /// The paper evened out to white, still grey.
    case evened
    /// Black and white against the surroundings of each pixel.
    case sauvola
    /// Black and white at one level, without specks.
    case despeckled(level: Int)
  }

  private static let edge = 0.2  // of the letters' height: what surrounds a pixel where edges are made steeper
  static let rule = 4.0  // of the letters' height: no stroke is as long
  private static let speck = 0.12  // of the letters' height: a full stop is 0.2
  private static let pointsPerLetter = 5.3  // the usual height of letters, for rasters that lie about their size
  private static let credible = 150.0  // dots per inch: scanners say so, photographs and drawings claim 72 or 96
  private static let plausible = 3.5...14.0  // points of letters' height that are believed

  func apply(to raster: RasterImage, page: PageSize) throws -> (image: RasterImage, mapping: PixelMapping) {
    var image = try raster.turned(turn.inverse)
    if isSmoothed { image = try image.smoothed() }
    switch cleaning {
    case .evened: image = try image.backgroundNormalized()
    case .stretched(let black, let white): image = try image.stretched(black: black, white: white)
    case .none, .sauvola, .despeckled: break
    }
    if let unruledAt { image = try image.unruled(level: unruledAt, length: Int(Self.rule * letterHeight)) }
    if correction != 0 { image = try image.rotated(clockwise: correction) }
    if scale != 1 { image = try enlarged(image, by: scale) }
    if isSharpened { image = try image.sharpened(radius: edge(ofLetters: letterHeight * scale)) }
    switch cleaning {
    case .none, .evened, .stretched: break
    case .sauvola: image = try image.sauvola(window: max(Int(letterHeight * scale), 8), factor: 0.3)
    case .despeckled(let level):
      image = try image.thresholded(at: level).despeckled(size: max(Int(Self.speck * letterHeight * scale), 1))
    }
    let mapping = PixelMapping(
      page: page, raster: raster.bounds, turn: turn, correction: correction, scale: scale)
    image.setResolution(resolution(mapping))
    return (image, mapping)
  }

  /// The raster upright and level and with its light evened out, still grey and of its own size.
  func straightened(_ raster: RasterImage) throws -> RasterImage {
    var image = try raster.turned(turn.inverse)
    switch cleaning {
    case .evened, .sauvola: image = try image.backgroundNormalized()
    case .stretched(let black, let white): image = try image.stretched(black: black, white: white)
    case .none, .despeckled: break
    }
    if let unruledAt { image = try image.unruled(level: unruledAt, length: Int(Self.rule * letterHeight)) }
    return correction == 0 ? image : try image.rotated(clockwise: correction)
  }

  /// What the engine is told: the page's own where letters then have a size of print, else from the letters.
  private func resolution(_ mapping: PixelMapping) -> Int {
    let own = 72 / mapping.pointsPerPixel
    let points = letterHeight * scale * mapping.pointsPerPixel
    if points == 0 || own / scale >= Self.credible && Self.plausible.contains(points) { return Int(own.rounded()) }
    return resolution(ofLetters: letterHeight * scale)
  }

  /// Whether the same pixels of the engine's image show the same place.
  func isAligned(with other: Preparation) -> Bool {
    turn == other.turn && correction == other.correction && scale == other.scale
  }

  /// The image at another size; low letters get back what averaging took. Edges that are to be made steeper do without:
  /// both are too much, and two readings that differ are worth more.
  func enlarged(_ image: RasterImage, by factor: Double) throws -> RasterImage {
    let isLow = factor > 1 && letterHeight < PageSurvey.smoothable
    return isLow && !isSharpened ? try image.restored(by: factor) : try image.scaled(by: factor)
  }

  /// How far around a pixel edges are made steeper, in pixels.
  func edge(ofLetters height: Double) -> Int { max(Int(Self.edge * height), 1) }

  /// The resolution at which letters of so many pixels have the usual size.
  func resolution(ofLetters height: Double) -> Int { Int((72 * height / Self.pointsPerLetter).rounded()) }
}

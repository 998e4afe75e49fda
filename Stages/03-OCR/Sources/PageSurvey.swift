import DocumentModel
import Leptonica

/// What is measured of a raster before it is read.
struct PageSurvey {
  /// Depth 1, as found best for measuring: not what the engine sees.
  let binary: RasterImage
  let look: InkLook
  private let raster: PixelRect
  private let levels: GreyLevels
  private let cleaning: Preparation.Cleaning
  private let isSmoothed: Bool
  /// Whether what could be letters is hardly larger than the many specks around it.
  let isSnow: Bool

  private static let uneven = 40  // grey levels between the page's parts: shadows and stains, not paper's grain
  private static let darkPaper = 170  // grey of the paper below which it is evened out
  private static let faintInk = 110  // grey: printed ink is darker
  static let smoothable = 12.0  // pixels of letters' height: lower ones have no detail to lose
  static let sharpenable = 7.0  // pixels of letters' height: lower ones are too coarse to have edges
  private static let stretchable = 15.0  // pixels of letters' height: in lower ones the soft edges are all there is
  private static let whitest = 250  // grey that becomes white at the most: paper has grain
  private static let evenedLevel = 160  // grey that parts ink from paper once the paper is evened out to 200 or so
  private static let noisy = 2.0  // specks to a letter; clean print has 0.3, its dots

  init(_ raster: RasterImage, levels: GreyLevels, cleaning wish: OCROptions.Cleaning) throws {
    self.raster = raster.bounds
    self.levels = levels
    let isBlackAndWhite = levels.between < Self.blackAndWhite
    let isDim = levels.unevenness > Self.uneven || levels.paper < Self.darkPaper
    let isUneven = wish == .always || wish == .auto && isDim && !isBlackAndWhite
    binary =
      try isUneven
      ? raster.backgroundNormalized().thresholded(at: Self.evenedLevel) : raster.thresholded(at: levels.threshold)
    look = try InkLook(binary)
    let specksToLetter = Double(look.specks) / Double(max(look.letters.count, 1))
    isSnow = specksToLetter > Self.noisy && look.letterHeight < Self.smoothable
    let isNoisy = wish != .never && specksToLetter > Self.noisy
    isSmoothed = wish != .never && isBlackAndWhite && look.letterHeight >= Self.smoothable
    cleaning =
      if wish == .never {
        .none
      } else if isUneven {
        .evened
      } else if isNoisy {
        .despeckled(level: levels.threshold)
      } else if levels.ink > Self.faintInk, look.letterHeight >= Self.stretchable {
        .stretched(black: levels.ink, white: min(levels.paper, Self.whitest))
      } else {
        .none
      }
  }

  private static let bestHeight = 28.0  // pixels: where the engine's models read best
  private static let smallHeight = 20.0  // pixels: letters below are scaled up
  private static let smallInBlackAndWhite = 17.0  // pixels: two levels give a scaled letter nothing new
  private static let largeHeight = 75.0  // pixels: letters above cost time and gain nothing
  private static let greatestScale = 6.0  // letters of five pixels, the lowest that can be read, reach the best height
  private static let mostPixels = 40_000_000.0  // an A4 page at 600 dpi has 35 million
  private static let mostOfSnow = 10_000_000.0  // the same where letters drown in specks: there is little to be read

  func preparation(_ stand: PageStand) -> Preparation {
    Preparation(
      turn: stand.turn, correction: stand.correction, scale: scale, isSmoothed: isSmoothed,
      cleaning: cleaning, letterHeight: look.letterHeight)
  }

  private var scale: Double {
    let height = look.letterHeight
    let small = levels.between < Self.blackAndWhite ? Self.smallInBlackAndWhite : Self.smallHeight
    guard height > 0, height < small || height > Self.largeHeight else { return limited(1) }
    return limited(min(Self.bestHeight / height, Self.greatestScale))
  }

  private func limited(_ scale: Double) -> Double {
    let pixels = Double(raster.width) * Double(raster.height)
    let most = (Self.mostPixels / pixels).squareRoot()
    guard isSnow else { return min(scale, most) }
    // What is printed large enough for the engine is read as it is.
    return min(scale, most, max((Self.mostOfSnow / pixels).squareRoot(), 1))
  }

  /// The raster with its printed tints averaged and made white; nil where there are none.
  func withoutTints(_ raster: RasterImage) throws -> RasterImage? {
    try raster.descreened(parts: look.tintParts, binary: binary)
  }

  private static let mostlyDark = 0.5  // of the page: what is dark is ground, and its letters are light
  private static let ground = 0.3  // of the way from paper to ink: bars in colour are not black
  private static let leastGround = 60  // grey levels: on paler ground print is dark

  /// The raster with print on dark ground made dark on white; nil where there is none.
  func withDarkPrint(_ raster: RasterImage) throws -> RasterImage? {
    let isMostlyDark = try binary.inkShare() > Self.mostlyDark
    let height = isMostlyDark ? try InkLook(binary.inverted()).letterHeight : look.letterHeight
    let level = levels.paper - max(Int(Self.ground * Double(levels.paper - levels.ink)), Self.leastGround)
    return try raster.printOnDarkGroundLifted(level: level, ink: levels.ink, letterHeight: height)
  }

  /// The raster's own pixels on the page.
  func mapping(_ page: PageSize) -> PixelMapping {
    PixelMapping(page: page, raster: raster, turn: .none, correction: 0, scale: 1)
  }

  /// The grey that parts ink from paper in the straightened raster.
  func inkLevel(after cleaning: Preparation.Cleaning) -> Int {
    switch cleaning {
    case .evened, .sauvola: Self.evenedLevel
    case .stretched(let black, let white): (levels.threshold - black) * 255 / max(white - black, 1)
    case .none, .despeckled: levels.threshold
    }
  }

  /// Whether letters are so low that smoothing would take what they have.
  var hasSmallLetters: Bool { look.letterHeight < Self.smoothable }

  private static let slender = 8.0  // height to width: the parts of pictures are broader

  /// Where strokes stand upright that are longer than those of letters, in the raster's pixels.
  func uprightRules() throws -> [PixelRect] {
    guard look.letterHeight > 0 else { return [] }
    return try binary.uprightStrokes(length: Int(Preparation.rule * look.letterHeight)).componentBoxes()
      .filter { Double($0.height) >= Self.slender * Double($0.width) }
  }

  /// The same way without the page's rules.
  func unruled(_ preparation: Preparation) -> Preparation {
    var other = preparation
    other.unruledAt = inkLevel(after: preparation.cleaning)
    return other
  }

  /// The next way to try where the first was read badly; nil where there is none that helps.
  func otherWay(than preparation: Preparation) -> Preparation? {
    var other = preparation
    guard !hasSmallLetters else {
      other = unruled(other)
      other.isSharpened = true
      return preparation.scale > 1 && look.letterHeight >= Self.sharpenable ? other : nil
    }
    if case .evened = preparation.cleaning {
      other.cleaning = .sauvola
    } else {
      // Crumbs of worn letters and dots of needle printers run together; what was smoothed is tried as it is.
      other.isSmoothed.toggle()
    }
    return other
  }

  private static let blackAndWhite = 0.01  // share of grey pixels: a scan of two levels has no other threshold
}

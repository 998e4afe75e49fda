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

  private static let uneven = 40 // grey levels between the page's parts: shadows and stains, not paper's grain
  private static let darkPaper = 170 // grey of the paper below which it is evened out
  private static let faintInk = 60 // grey: printed ink is darker
  private static let noisy = 2.0 // specks to a letter; clean print has 0.3, its dots

  init(_ raster: RasterImage, levels: GreyLevels, cleaning wish: OCROptions.Cleaning) throws {
    self.raster = raster.bounds
    self.levels = levels
    let isUneven = wish == .always || wish == .auto && (levels.unevenness > Self.uneven || levels.paper < Self.darkPaper)
    binary = try isUneven ? raster.backgroundNormalized().thresholded(at: 160) : raster.thresholded(at: levels.threshold)
    look = try InkLook(binary)
    let isNoisy = wish != .never && Double(look.specks) > Self.noisy * Double(look.letters.count)
    cleaning =
      if wish == .never {
        .none
      } else if isUneven {
        .evened
      } else if isNoisy {
        .despeckled(level: levels.threshold)
      } else if levels.between < Self.blackAndWhite {
        look.letterHeight >= Self.smallHeight ? .smoothed : .none
      } else if levels.ink > Self.faintInk {
        .stretched(black: levels.ink, white: min(levels.paper, 250))
      } else {
        .none
      }
  }

  private static let bestHeight = 30.0 // pixels: where the engine's models read best
  private static let smallHeight = 20.0 // pixels: letters below are scaled up
  private static let largeHeight = 75.0 // pixels: letters above cost time and gain nothing
  private static let greatestScale = 4.0
  private static let mostPixels = 40_000_000.0 // an A4 page at 600 dpi has 35 million

  func preparation(_ stand: PageStand) -> Preparation {
    Preparation(
      turn: stand.turn, correction: stand.correction, scale: scale, cleaning: cleaning, letterHeight: look.letterHeight)
  }

  private var scale: Double {
    let height = look.letterHeight
    guard height > 0, height < Self.smallHeight || height > Self.largeHeight else { return limited(1) }
    return limited(min(Self.bestHeight / height, Self.greatestScale))
  }

  private func limited(_ scale: Double) -> Double {
    let pixels = Double(raster.width) * Double(raster.height)
    return min(scale, (Self.mostPixels / pixels).squareRoot())
  }

  /// The raster's own pixels on the page.
  func mapping(_ page: PageSize) -> PixelMapping {
    PixelMapping(page: page, raster: raster, turn: .none, correction: 0, scale: 1)
  }

  /// The next way to try where the first was read badly.
  func otherCleaning(than preparation: Preparation) -> Preparation? {
    var other = preparation
    other.cleaning = preparation.cleaning == .sauvola ? .none : .sauvola
    return levels.between < Self.blackAndWhite && preparation.cleaning == .none ? nil : other
  }

  private static let blackAndWhite = 0.01 // share of grey pixels: a scan of two levels has no other threshold
}

import Contracts
import DocumentModel
import Leptonica
import StageKit

/// What the text layer says of a page.
enum TextLayer {
  /// The turn in which most of its letters stand; upright for none.
  static func turn(of words: [Word]) -> QuarterTurn {
    var letters: [QuarterTurn: Int] = [:]
    for word in words { letters[word.turn, default: 0] += word.text.unicodeScalars.count }
    // On a tie the first of all cases, so that order cannot matter.
    return QuarterTurn.allCases.max { (letters[$0] ?? 0) < (letters[$1] ?? 0) } ?? .none
  }

  /// - Parameter file: the page's grey raster, which shows the bullets that are drawn.
  static func output(_ render: RenderOutput, raster file: InputFile) throws -> OCROutput {
    OCROutput(
      source: render.words.isEmpty ? .none : .textLayer, turn: turn(of: render.words), languages: [], passes: 0,
      fonts: render.fonts, words: try words(render, file))
  }

  private static func words(_ render: RenderOutput, _ file: InputFile) throws -> [Word] {
    guard !render.words.isEmpty else { return [] }
    let (pixels, overflow) = render.raster.width.multipliedReportingOverflow(by: render.raster.height)
    do {
      let raster = try GreyRaster(readingFrom: file.descriptor, pixelLimit: overflow ? 0 : pixels)
      return DrawnBullets.completing(render.words, page: render.size, raster: raster)
    } catch RasterFailure.inputOutput(let code) {
      throw StageFailure(.inputOutput, "The page's grey raster could not be read (errno \(code)).", retryable: true)
    } catch let failure as RasterFailure {
      throw StageFailure(
        .checkpointCorrupt, "The page's grey raster cannot be used: \(failure).", hint: "Run again from render.")
    }
  }
}

import Contracts
import DocumentModel
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
    let raster = try PageRasterFile.readable { try PageRasterFile.grey(render.raster, file) }
    return DrawnBullets.completing(render.words, page: render.size, raster: raster)
  }
}

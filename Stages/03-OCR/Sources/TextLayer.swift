import Contracts
import DocumentModel

/// What the text layer says of a page.
enum TextLayer {
  /// The turn in which most of its letters stand; upright for none.
  static func turn(of words: [Word]) -> QuarterTurn {
    var letters: [QuarterTurn: Int] = [:]
    for word in words { letters[word.turn, default: 0] += word.text.unicodeScalars.count }
    // On a tie the first of all cases, so that order cannot matter.
    return QuarterTurn.allCases.max { (letters[$0] ?? 0) < (letters[$1] ?? 0) } ?? .none
  }

  static func output(_ render: RenderOutput) -> OCROutput {
    OCROutput(
      source: render.words.isEmpty ? .none : .textLayer, turn: turn(of: render.words), languages: [], passes: 0,
      fonts: render.fonts, words: render.words)
  }
}

import DocumentModel
import Leptonica

/// A word as recognised.
package struct RecognizedWord: Sendable, Hashable {
  package let text: String
  /// Pixels of the whole image, also where only a region was recognised.
  package let box: PixelRect
  package let confidence: Score
  /// Count from 0 over the image, in the engine's reading order.
  package let block: Int
  package let paragraph: Int
  package let line: Int
  /// Where the baseline starts and ends: y in pixels at the box's left and right; nil where the engine has none.
  package let baseline: ClosedBaseline?
  /// Points, estimated from the letters' height and the image's resolution; 0 where unknown.
  package let pointSize: Int
  package let isNumeric: Bool
  package let isInDictionary: Bool
  package let direction: ReadingDirection
  /// How far the block's text is turned clockwise in the image.
  package let turn: QuarterTurn
  /// Whether the next word follows without a space, in scripts that have none.
  package let joinsNext: Bool
  /// The language whose model read it, such as `eng`.
  package let language: String?

  package init(
    text: String, box: PixelRect, confidence: Score, block: Int, paragraph: Int, line: Int,
    baseline: ClosedBaseline? = nil, pointSize: Int = 0, isNumeric: Bool = false, isInDictionary: Bool = false,
    direction: ReadingDirection = .leftToRight, turn: QuarterTurn = .none, joinsNext: Bool = false,
    language: String? = nil
  ) {
    self.text = text
    self.box = box
    self.confidence = confidence
    self.block = block
    self.paragraph = paragraph
    self.line = line
    self.baseline = baseline
    self.pointSize = pointSize
    self.isNumeric = isNumeric
    self.isInDictionary = isInDictionary
    self.direction = direction
    self.turn = turn
    self.joinsNext = joinsNext
    self.language = language
  }

  /// The two ends of a baseline.
  package struct ClosedBaseline: Sendable, Hashable {
    package let startY: Int
    package let endY: Int

    package init(startY: Int, endY: Int) {
      self.startY = startY
      self.endY = endY
    }

    package var midY: Double { Double(startY + endY) / 2 }
  }
}

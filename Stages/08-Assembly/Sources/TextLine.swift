import DocumentModel

/// The words of a printed line that belong to one element.
struct TextLine {
  /// Indices into the page's words, in reading order.
  var words: [Int]
  let box: BoundingBox
  /// In the upright frame of its turn.
  let baseline: Double
  let size: Double
  let turn: QuarterTurn
  let direction: ReadingDirection

  init(words: [Int], line: Line) {
    self.words = words
    box = line.box
    baseline = line.baseline
    size = line.size
    turn = line.turn
    direction = line.direction
  }

  /// A word that stands on no line.
  init(word: Int, _ value: Word) {
    words = [word]
    box = value.box
    baseline = value.baseline ?? value.box.bottom
    size = value.size
    turn = value.turn
    direction = .leftToRight
  }
}

/// Words that stand on one line, in reading order.
package struct Line: Codable, Sendable, Hashable {
  /// Indices into the page's words.
  package let words: [Int]
  package let box: BoundingBox
  /// The y of the baseline in the upright frame of the line's turn.
  package let baseline: Double
  /// The prevailing font size in points.
  package let size: Double
  package let turn: QuarterTurn
  package let direction: ReadingDirection

  package init(
    words: [Int], box: BoundingBox, baseline: Double, size: Double, turn: QuarterTurn = .none,
    direction: ReadingDirection = .leftToRight
  ) {
    self.words = words
    self.box = box
    self.baseline = Quantity.coordinate(baseline)
    self.size = Quantity.coordinate(size)
    self.turn = turn
    self.direction = direction
  }
}

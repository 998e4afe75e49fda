import DocumentModel

/// A stretch of the text layer without white space, in one font, size and colour.
package struct TextLayerWord: Sendable, Hashable {
  /// As the file maps it; ligatures and private-use characters are kept.
  package let text: String
  package let box: BoundingBox
  /// Index into the layer's fonts; nil where Poppler names none.
  package let font: Int?
  /// Points, as drawn.
  package let size: Double
  /// Fill colour as `rrggbb`; nil is black.
  package let color: String?
  package let underlined: Bool
  /// How far its letters run turned clockwise; a single letter follows its line.
  package let turn: QuarterTurn
  /// Whether the next word follows without white space.
  package let joinsNext: Bool
  /// Poppler's line, counted from 0 over the page.
  package let line: Int

  package init(
    text: String, box: BoundingBox, font: Int?, size: Double, color: String? = nil, underlined: Bool = false,
    turn: QuarterTurn = .none, joinsNext: Bool = false, line: Int
  ) {
    self.text = text
    self.box = box
    self.font = font
    self.size = size
    self.color = color
    self.underlined = underlined
    self.turn = turn
    self.joinsNext = joinsNext
    self.line = line
  }
}

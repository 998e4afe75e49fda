/// One printed word with its place.
///
/// Within a page a word is known by its index in the list of stage 3, the identity that all later stages refer to.
package struct Word: Codable, Sendable, Hashable {
  package let text: String
  package let box: BoundingBox
  /// The engine's own confidence; 1 for a trusted text layer.
  package let confidence: Score
  package let source: TextSource
  /// Index into the page's fonts, where the source tells.
  package let font: Int?
  /// Font size in points; for recognised words the engine's estimate.
  package let size: Double
  /// How far the word's reading direction is turned clockwise on the page.
  package let turn: QuarterTurn
  /// The y (for upright text) of the line the letters stand on, where the source tells.
  package let baseline: Double?
  /// Fill colour as `rrggbb`, where the source tells and it is not black.
  package let color: String?
  /// Whether no space separates it from the next word in the source ("fi" + "nal", script without spaces).
  package let joinsNext: Bool

  package init(
    text: String, box: BoundingBox, confidence: Score = .certain, source: TextSource, font: Int? = nil, size: Double,
    turn: QuarterTurn = .none, baseline: Double? = nil, color: String? = nil, joinsNext: Bool = false
  ) {
    self.text = text
    self.box = box
    self.confidence = confidence
    self.source = source
    self.font = font
    self.size = Quantity.coordinate(size)
    self.turn = turn
    self.baseline = baseline.map(Quantity.coordinate)
    self.color = color
    self.joinsNext = joinsNext
  }

  /// Where the letters stand, estimated from a box that is upright: a text layer's boxes reach below the baseline.
  ///
  /// - Parameter box: the word's, in any upright frame.
  package static func standing(in box: BoundingBox, size: Double) -> Double {
    box.height >= tallBox * size ? box.bottom - descent * box.height : box.bottom
  }

  private static let descent = 0.21  // of the box height: what text layers put under the baseline in common fonts
  private static let tallBox = 0.85  // of the size: lower boxes hug their letters and end near the baseline
}

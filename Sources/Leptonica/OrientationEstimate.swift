import DocumentModel

/// Which way a page of Latin text stands.
package struct OrientationEstimate: Sendable, Hashable {
  /// How far the text is turned clockwise; nil where the evidence does not suffice.
  package let turn: QuarterTurn?
  /// Ascenders against descenders: positive for upright, negative for upside down, in standard deviations.
  package let upConfidence: Double
  /// The same with the page turned by 90 degrees clockwise: positive where that sets it upright.
  package let leftConfidence: Double

  package init(turn: QuarterTurn?, upConfidence: Double, leftConfidence: Double) {
    self.turn = turn
    self.upConfidence = upConfidence
    self.leftConfidence = leftConfidence
  }
}

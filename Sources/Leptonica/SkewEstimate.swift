/// A page's skew.
package struct SkewEstimate: Sendable, Hashable {
  /// Degrees to turn the image clockwise so that its lines become level; −5…5 or so.
  package let correction: Double
  /// The ratio of best to worst score; 3 and more can be trusted, 0 means that nothing was found.
  package let confidence: Double

  package init(correction: Double, confidence: Double) {
    self.correction = correction
    self.confidence = confidence
  }
}

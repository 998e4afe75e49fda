import CLeptonica
import DocumentModel

extension RasterImage {
  /// Finds by how much the lines of text rise or fall; about 2 ms for a page.
  ///
  /// Depth 1, others are thresholded at 128. An empty page has confidence 0.
  package func skew() throws -> SkewEstimate {
    let source = try thresholded(at: 128)
    var (angle, confidence): (Float, Float) = (0, 0)
    let failed = withExtendedLifetime(source) { pixFindSkew(source.pix, &angle, &confidence) }
    guard failed == 0, angle.isFinite, confidence.isFinite else {
      _ = LeptonicaMessages.take()  // Leptonica calls an empty page an error
      return SkewEstimate(correction: 0, confidence: 0)
    }
    return SkewEstimate(correction: Double(angle), confidence: Double(confidence))
  }

  /// Tells from ascenders and descenders which way the text stands; about 15 ms for a page at 150–300 dpi.
  ///
  /// Works for scripts with both, foremost Latin. Depth 1, others are thresholded at 128.
  package func orientation() throws -> OrientationEstimate {
    let source = try thresholded(at: 128)
    var (up, left): (Float, Float) = (0, 0)
    let failed = withExtendedLifetime(source) { pixOrientDetect(source.pix, &up, &left, 0, 0) }
    guard failed == 0, up.isFinite, left.isFinite else {
      _ = LeptonicaMessages.take()  // too little text is an error to Leptonica, not to us
      return OrientationEstimate(turn: nil, upConfidence: 0, leftConfidence: 0)
    }
    var decision: Int32 = 0
    makeOrientDecision(up, left, 0, 0, &decision, 0)
    let turn: QuarterTurn? =
      switch UInt32(decision) {
      case UInt32(L_TEXT_ORIENT_UP): QuarterTurn.none
      case UInt32(L_TEXT_ORIENT_LEFT): .left
      case UInt32(L_TEXT_ORIENT_DOWN): .half
      case UInt32(L_TEXT_ORIENT_RIGHT): .right
      default: nil
      }
    return OrientationEstimate(turn: turn, upConfidence: Double(up), leftConfidence: Double(left))
  }
}

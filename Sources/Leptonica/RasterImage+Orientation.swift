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
    return OrientationEstimate(
      turn: try Self.turn(up: up, left: left) { try source.linesAreLevel() }, upConfidence: Double(up),
      leftConfidence: Double(left))
  }

  private static let leastConfidence: Float = 8  // standard deviations: Leptonica's own threshold

  /// Leptonica's decision; where both ways speak loudly, as repeated lines make them, the lines themselves decide.
  private static func turn(up: Float, left: Float, linesAreLevel: () throws -> Bool) throws -> QuarterTurn? {
    var decision: Int32 = 0
    makeOrientDecision(up, left, leastConfidence, 0, &decision, 0)
    switch UInt32(decision) {
    case UInt32(L_TEXT_ORIENT_UP): return QuarterTurn.none
    case UInt32(L_TEXT_ORIENT_LEFT): return .left
    case UInt32(L_TEXT_ORIENT_DOWN): return .half
    case UInt32(L_TEXT_ORIENT_RIGHT): return .right
    default: break
    }
    guard min(abs(up), abs(left)) >= leastConfidence else { return nil }
    if try linesAreLevel() { return up > 0 ? QuarterTurn.none : .half }
    return left > 0 ? .left : .right
  }

  /// Whether rows of ink alternate with blank ones more than columns do.
  private func linesAreLevel() throws -> Bool {
    // A quarter of the size keeps lines apart and is sixteen times faster.
    let small = try made("reduce") { pixReduceRankBinaryCascade($0, 1, 1, 0, 0) }
    return try small.rowContrast() >= small.turned(.right).rowContrast()
  }

  private func rowContrast() throws -> Float {
    var sum: Float = 0
    let failed = withExtendedLifetime(self) { pixFindDifferentialSquareSum(pix, &sum) }
    return failed == 0 ? sum : 0
  }
}

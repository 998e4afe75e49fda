import CLeptonica

extension RasterImage {
  /// The grey image without its straight rules, whatever touches them.
  ///
  /// - Parameter level: the grey that parts ink from paper.
  /// - Parameter length: pixels; no stroke of a letter is as long.
  package func unruled(level: Int, length: Int) throws -> RasterImage {
    let source = try grey()
    let rules = try source.thresholded(at: level).strokes(length: length)
    // The soft edges of a rule are no ink and would stay as two.
    let broad = try rules.made("rules") { pixDilateBrick(nil, $0, 3, 3) }
    let result = try source.made("copy") { pixCopy(nil, $0) }
    let failed = withExtendedLifetime((result, broad)) { pixSetMasked(result.pix, broad.pix, 255) }
    guard failed == 0 else { throw RasterFailure.operation("rules", detail: LeptonicaMessages.takeLast()) }
    return result
  }

  /// The ink of strokes that run upright without a gap; depth 1.
  ///
  /// In steps, which is much faster than at once; lengths are met to a few in a hundred.
  ///
  /// - Parameter length: pixels of the shortest.
  package func uprightStrokes(length: Int) throws -> RasterImage {
    try thresholded(at: 128).made("rules") { pixOpenCompBrick(nil, $0, 1, Int32(max(length, 2))) }
  }

  /// The ink without straight strokes; depth 1.
  package func withoutStrokes(length: Int) throws -> RasterImage {
    let strokes = try strokes(length: length)
    return try thresholded(at: 128).made("rules") { ink in
      withExtendedLifetime(strokes) { pixSubtract(nil, ink, strokes.pix) }
    }
  }

  /// The ink of strokes that run level or upright without a gap; depth 1.
  private func strokes(length: Int) throws -> RasterImage {
    let ink = try thresholded(at: 128)
    let reach = Int32(max(length, 2))
    let level = try ink.made("rules") { pixOpenBrick(nil, $0, reach, 1) }
    let upright = try ink.made("rules") { pixOpenBrick(nil, $0, 1, reach) }
    return try level.made("rules") { level in withExtendedLifetime(upright) { pixOr(nil, level, upright.pix) } }
  }
}

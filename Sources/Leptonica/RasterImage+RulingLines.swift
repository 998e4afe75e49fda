import CLeptonica

extension RasterImage {
  /// The straight lines of a page, horizontal ones and vertical ones, each sorted by top, then left.
  ///
  /// The image is reduced by two (a pixel is black where any of the four was), solid areas are taken out, and an
  /// opening with a long thin brick leaves what is straight: about 1 ms for a page at 216 dpi.
  /// - Parameter minimumLength: pixels; letters must be shorter.
  /// - Parameter maximumThickness: pixels; what is thicker is an area, not a line.
  /// - Parameter level: the grey below which there is ink, for images that are not black and white yet.
  /// - Returns: rectangles in this image's pixels, exact to two.
  package func rulingLines(
    minimumLength: Int, maximumThickness: Int, level: Int = 200
  ) throws -> (horizontal: [RulingRect], vertical: [RulingRect]) {
    let binary = try thresholded(at: level)
    let half = try binary.made("reduce") { pixReduceRankBinary2($0, 1, nil) }
    let brick = Int32(clamping: max(maximumThickness / 2, 1) + 1)
    let solid = try half.made("solid areas") { pixOpenBrick(nil, $0, brick, brick) }
    let thin = try half.made("thin parts") { strokes in
      withExtendedLifetime(solid) { pixSubtract(nil, strokes, solid.pix) }
    }
    // Composite bricks are fast but come in certain sizes; a length below 4 is no line anyway.
    let length = Int32(clamping: max(minimumLength / 2, 4))
    let horizontal = try thin.made("horizontal lines") { pixOpenCompBrick(nil, $0, length, 1) }
    let vertical = try thin.made("vertical lines") { pixOpenCompBrick(nil, $0, 1, length) }
    return (
      try horizontal.strokes(scale: 2, within: bounds) { $0.width },
      try vertical.strokes(scale: 2, within: bounds) { $0.height }
    )
  }

  private static let strokeLimit = 20_000  // lines: a hatched drawing has thousands, and none is a rule

  /// The connected parts as lines; `length` is their extent along the axis.
  private func strokes(
    scale: Int, within bounds: PixelRect, length: (PixelRect) -> Int
  ) throws -> [RulingRect] {
    var parts: UnsafeMutablePointer<Pixa>?
    var boxes = pixConnComp(pix, &parts, 8)
    defer {
      boxaDestroy(&boxes)
      pixaDestroy(&parts)
    }
    var strokes: [RulingRect] = []
    for (index, rect) in Self.rects(boxes).prefix(Self.strokeLimit).enumerated() {
      var part = pixaGetPix(parts, Int32(index), Int32(L_CLONE))
      var area: Int32 = 0
      pixCountPixels(part, &area, nil)
      pixDestroy(&part)
      let full = PixelRect(
        left: rect.left * scale, top: rect.top * scale, width: rect.width * scale, height: rect.height * scale)
      guard let clipped = full.clipped(width: bounds.width, height: bounds.height) else { continue }
      strokes.append(
        RulingRect(rect: clipped, thickness: Double(area) * Double(scale) / Double(max(length(rect), 1))))
    }
    return strokes.sorted { ($0.rect.top, $0.rect.left) < ($1.rect.top, $1.rect.left) }
  }
}

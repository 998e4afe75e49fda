import CLeptonica
import DocumentModel

extension RasterImage {
  /// The straight lines of a page, horizontal ones and vertical ones, each sorted by top, then left.
  ///
  /// The image is reduced by two (a pixel is black where any of the four was), solid areas are taken out, and an
  /// opening with a long thin brick leaves what is straight: about 1 ms for a page at 216 dpi. Letters that touch a line
  /// make solid areas of it: pieces between which its ink goes on are one line.
  /// - Parameter minimumLength: pixels; letters must be shorter.
  /// - Parameter maximumThickness: pixels; what is thicker is an area, not a line.
  /// - Parameter level: the grey below which there is ink, for images that are not black and white yet.
  /// - Returns: rectangles in this image's pixels, exact to two.
  package func rulingLines(
    minimumLength: Int, maximumThickness: Int, level: Int = 200
  ) throws -> (horizontal: [RulingRect], vertical: [RulingRect]) {
    // Reduced, nothing would be left of it.
    guard bounds.width >= 2, bounds.height >= 2 else { return ([], []) }
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
    let pieces = (
      horizontal: half.joined(
        try horizontal.strokes(scale: 2, within: bounds) { $0.width }, scale: 2, isVertical: false),
      vertical: half.joined(try vertical.strokes(scale: 2, within: bounds) { $0.height }, scale: 2, isVertical: true)
    )
    let reach = Self.reach * minimumLength
    return (
      half.drawnOut(pieces.horizontal, to: pieces.vertical, reach: reach, scale: 2, isVertical: false),
      half.drawnOut(pieces.vertical, to: pieces.horizontal, reach: reach, scale: 2, isVertical: true)
    )
  }

  private static let reach = 12  // times the shortest line: some cells whose letters touch their side

  private static let mostDrawnOut = 4_000  // lines of one axis: a hatching beyond it is no table

  /// Lines drawn out to the farthest line across them that this image's ink leads to.
  private func drawnOut(
    _ lines: [RulingRect], to crossing: [RulingRect], reach: Int, scale: Int, isVertical: Bool
  ) -> [RulingRect] {
    func along(_ rect: PixelRect) -> Range<Int> { isVertical ? rect.top..<rect.bottom : rect.left..<rect.right }
    func across(_ rect: PixelRect) -> Range<Int> { isVertical ? rect.left..<rect.right : rect.top..<rect.bottom }
    guard lines.count <= Self.mostDrawnOut, crossing.count <= Self.mostDrawnOut else { return lines }
    // Across those lines is along these.
    let sorted = crossing.map(\.rect).sorted { along($0).lowerBound < along($1).lowerBound }
    return lines.map { line in
      let (extent, places) = (along(line.rect), across(line.rect))
      let columns = places.lowerBound / scale..<(places.upperBound + scale - 1) / scale
      func meets(_ other: PixelRect) -> Bool {
        across(other).overlaps(places.lowerBound - scale..<places.upperBound + scale)
      }
      var start = extent.lowerBound, end = extent.upperBound
      let above = sorted.partitioningIndex { along($0).lowerBound >= extent.lowerBound }
      for other in sorted[..<above].reversed() {
        guard along(other).lowerBound >= extent.lowerBound - reach else { break }
        guard meets(other), along(other).lowerBound < start else { continue }
        guard hasInk(along(other).lowerBound / scale..<start / scale, at: columns, isVertical: isVertical) else {
          break
        }
        start = along(other).lowerBound
      }
      let last = sorted.partitioningIndex { along($0).lowerBound >= end }
      for other in sorted[last...].prefix(while: { along($0).upperBound <= extent.upperBound + reach })
      where meets(other) && along(other).upperBound > end {
        guard hasInk(end / scale..<along(other).upperBound / scale, at: columns, isVertical: isVertical) else { break }
        end = along(other).upperBound
      }
      return line.drawn(from: start, to: end, isVertical: isVertical)
    }
    .sorted { ($0.rect.top, $0.rect.left) < ($1.rect.top, $1.rect.left) }
  }

  /// Pieces of one line joined where this image has ink all the way from one to the next.
  ///
  /// - Parameter scale: how many pixels of the pieces one of this image is.
  private func joined(_ pieces: [RulingRect], scale: Int, isVertical: Bool) -> [RulingRect] {
    func along(_ rect: PixelRect) -> Range<Int> { isVertical ? rect.top..<rect.bottom : rect.left..<rect.right }
    func across(_ rect: PixelRect) -> Range<Int> {
      let range = isVertical ? rect.left..<rect.right : rect.top..<rect.bottom
      return range.lowerBound / scale..<(range.upperBound + scale - 1) / scale
    }
    var lines: [(whole: RulingRect, last: PixelRect)] = []
    /// For a place across, the line that ended there last.
    var ends: [Int: Int] = [:]
    let sorted = pieces.sorted {
      (along($0.rect).lowerBound, across($0.rect).lowerBound) < (along($1.rect).lowerBound, across($1.rect).lowerBound)
    }
    for piece in sorted {
      let places = across(piece.rect)
      let before = places.compactMap { ends[$0] }.max {
        along(lines[$0].last).upperBound < along(lines[$1].last).upperBound
      }
      var line = lines.count
      if let before, case let last = lines[before].last, along(last).upperBound < along(piece.rect).lowerBound,
        hasInk(
          along(last).upperBound / scale..<along(piece.rect).lowerBound / scale,
          at: across(last).clamped(to: places), isVertical: isVertical)
      {
        line = before
        lines[line] = (lines[line].whole.joined(to: piece, isVertical: isVertical), piece.rect)
      } else {
        lines.append((piece, piece.rect))
      }
      for place in places { ends[place] = line }
    }
    return lines.map(\.whole).sorted { ($0.rect.top, $0.rect.left) < ($1.rect.top, $1.rect.left) }
  }

  /// Whether one row or column of pixels is black over a stretch.
  private func hasInk(_ stretch: Range<Int>, at places: Range<Int>, isVertical: Bool) -> Bool {
    places.contains { place in
      stretch.allSatisfy { step in
        var value: UInt32 = 0
        let (x, y) = isVertical ? (place, step) : (step, place)
        return pixGetPixel(pix, Int32(clamping: x), Int32(clamping: y), &value) == 0 && value != 0
      }
    }
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

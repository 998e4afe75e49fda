import CLeptonica

/// A solid area: its box in the image's pixels, and which of the pixels within belong to it, depth 1.
struct DarkArea {
  let box: PixelRect
  let mask: RasterImage
}

/// Finds areas so broad that no letter fills them.
struct DarkAreas {
  /// What stands on a ground.
  enum Print {
    case light
    /// Letters still darker than their ground; print on paper is no part of the area then.
    case dark(below: Int)
  }

  private let source: RasterImage
  private let level: Int
  private let print: Print
  private let letter: Double
  private let reduction: Int

  private static let coarse = 20.0  // pixels of letters' height: a quarter of it still shows them
  private static let fine = 10.0  // the same for the half
  private static let strokes = 0.3  // of the letters' height: light strokes that are filled
  private static let rules = 0.6  // of the letters' height: what is thinner is a rule, or a letter
  private static let solid = 2.0  // of the letters' height: squares that only an area has
  private static let holes = 3.0  // of the letters' height: light letters of headings
  private static let leastWidth = 4.0  // of the letters' height
  private static let leastFill = 0.6  // of its box: bars are rectangles, though they stand a little aslant
  private static let edges: Int32 = 3  // pixels: the soft edges of print on paper are thinner
  private static let mostAreas = 200  // a page has a few

  init(_ source: RasterImage, level: Int, print: Print, letterHeight: Double) {
    (self.source, self.level, self.print) = (source, level, print)
    reduction = letterHeight >= Self.coarse ? 4 : letterHeight >= Self.fine ? 2 : 1
    letter = letterHeight / Double(reduction)
  }

  func found() throws -> [DarkArea] {
    guard letter > 0 else { return [] }
    var dark = try source.thresholded(at: level)
    if case .dark(let below) = print {
      let letters = try source.thresholded(at: below)
      dark = try dark.made("grey") { dark in withExtendedLifetime(letters) { pixSubtract(nil, dark, letters.pix) } }
        .opened(Self.edges)
    }
    if reduction > 1 {
      let second: Int32 = reduction == 4 ? 2 : 0
      dark = try dark.made("reduce") { pixReduceRankBinaryCascade($0, 2, second, 0, 0) }
    }
    let closed = try dark.closed(side(Self.strokes))
    let squares = try closed.opened(side(Self.solid))
    guard try squares.inkShare() > 0 else { return [] }
    let thick = try closed.opened(side(Self.rules))
    let whole = try squares.made("grow") { seed in
      withExtendedLifetime(thick) { pixSeedfillBinary(nil, seed, thick.pix, 8) }
    }
    return try parts(of: whole)
  }

  private func side(_ share: Double) -> Int32 { Int32(max((share * letter).rounded(), 2)) }

  private func parts(of whole: RasterImage) throws -> [DarkArea] {
    var masks: UnsafeMutablePointer<Pixa>?
    var boxes = pixConnComp(whole.pix, &masks, 8)
    defer {
      boxaDestroy(&boxes)
      pixaDestroy(&masks)
    }
    return try RasterImage.rects(boxes).prefix(Self.mostAreas).enumerated().compactMap { index, box in
      guard Double(box.width) >= Self.leastWidth * letter else { return nil }
      // Each by itself: what stands close to another area is no hole in it.
      let small = try RasterImage(pixaGetPix(masks, Int32(index), Int32(L_CLONE)), from: "part").closed(
        side(Self.holes))
      guard try small.inkShare() >= Self.leastFill else { return nil }
      let mask =
        reduction == 1 ? small : try small.made("expand") { pixExpandBinaryPower2($0, Int32(reduction)) }
      let full = PixelRect(
        left: box.left * reduction, top: box.top * reduction, width: mask.width, height: mask.height)
      return DarkArea(box: full, mask: mask)
    }
  }
}

extension RasterImage {
  fileprivate func closed(_ side: Int32) throws -> RasterImage {
    try made("close") { pixCloseSafeBrick(nil, $0, side, side) }
  }

  fileprivate func opened(_ side: Int32) throws -> RasterImage {
    try made("open") { pixOpenBrick(nil, $0, side, side) }
  }
}

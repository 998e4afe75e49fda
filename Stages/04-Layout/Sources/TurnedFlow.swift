import DocumentModel

/// What was found among the words of one turn, and how it goes back to the page.
struct TurnedFlow {
  let frame: ReadingFrame
  let turn: QuarterTurn
  var placed: [PlacedWord] = []
  var blocks: [DraftBlock] = []
  /// In the reading frame.
  var gutters: [BoundingBox] = []

  private static let sameStrip = 0.7  // of the narrower and wider: strips of two bands that are one column

  /// On the page, from the reading side.
  var columns: [BoundingBox] { strips.map(frame.onPage) }

  var separators: [BoundingBox] { gutters.map(frame.onPage) }

  /// Finds which column a block stands in: nil where it spans several.
  func columnFinder() -> (DraftBlock) -> Int? {
    let strips = self.strips
    return { block in
      guard let own = block.strip else { return strips.count == 1 ? 0 : nil }
      return strips.firstIndex { Self.isSame(own, $0) }
    }
  }

  /// The columns in the reading frame: strips of several bands joined; one for a page without gutters.
  private var strips: [BoundingBox] {
    var strips: [BoundingBox] = []
    for block in blocks {
      guard let strip = block.strip else { continue }
      if let known = strips.firstIndex(where: { Self.isSame(strip, $0) }) {
        strips[known] = strips[known].union(strip)
      } else {
        strips.append(strip)
      }
    }
    if !strips.isEmpty { return strips }
    return blocks.lazy.map(\.box).union().map { [$0] } ?? []
  }

  private static func isSame(_ a: BoundingBox, _ b: BoundingBox) -> Bool {
    a.horizontalOverlap(b) >= sameStrip * max(a.width, b.width)
  }
}

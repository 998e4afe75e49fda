import DocumentModel

/// What was found among the words of one turn, and how it goes back to the page.
struct TurnedFlow {
  let frame: ReadingFrame
  let turn: QuarterTurn
  var placed: [PlacedWord] = []
  var blocks: [DraftBlock] = []
  /// In the reading frame.
  var gutters: [BoundingBox] = []

  private static let sameStrip = 0.7  // of the wider: strips of two bands that are one column
  private static let reachesIn = 0.1  // of the narrower: a word that sticks out of its column does not

  /// On the page, from the reading side.
  var columns: [BoundingBox] { strips.boxes.map(frame.onPage) }

  var separators: [BoundingBox] { gutters.map(frame.onPage) }

  /// Finds which column a block stands in: nil where it spans several.
  func columnFinder() -> (DraftBlock) -> Int? {
    let strips = self.strips
    return { block in
      guard let own = block.strip else { return strips.boxes.count == 1 ? 0 : nil }
      return strips.places[own]
    }
  }

  /// The columns in the reading frame, and which of them each strip is: strips of several bands are joined; a page without
  /// gutters has one.
  private var strips: (boxes: [BoundingBox], places: [BoundingBox: Int]) {
    let all = ownStrips
    var boxes: [BoundingBox] = []
    var first: [BoundingBox] = []
    var places: [BoundingBox: Int] = [:]
    for strip in all {
      if let known = first.firstIndex(where: { Self.isSame(strip, $0, among: all) }) {
        boxes[known] = boxes[known].union(strip)
        places[strip] = known
      } else {
        places[strip] = boxes.count
        boxes.append(strip)
        first.append(strip)
      }
    }
    if boxes.isEmpty, let whole = blocks.lazy.filter({ !$0.isNote }).map(\.box).union() { boxes = [whole] }
    return (boxes, places)
  }

  /// The strips that blocks stand in, each once, in reading order.
  private var ownStrips: [BoundingBox] {
    var seen: Set<BoundingBox> = []
    return blocks.compactMap(\.strip).filter { seen.insert($0).inserted }
  }

  /// Strips of two bands are one column where they lie over each other and among the same neighbours: the text under a
  /// wide title stands beside a column that the title runs over.
  private static func isSame(_ a: BoundingBox, _ b: BoundingBox, among all: [BoundingBox]) -> Bool {
    guard a.horizontalOverlap(b) >= sameStrip * max(a.width, b.width) else { return false }
    return all.prefix(mostStrips).allSatisfy { reaches(a, into: $0) == reaches(b, into: $0) }
  }

  private static func reaches(_ a: BoundingBox, into b: BoundingBox) -> Bool {
    a.horizontalOverlap(b) > reachesIn * min(a.width, b.width)
  }

  private static let mostStrips = 200  // looked at for each pair: a page of print has a dozen
}

import DocumentModel

/// Finds the dark ground right above a net of rules: a bar on which no rules are seen, with the names of columns in white.
struct DarkHead {
  let ink: PageInk
  let page: UprightPage

  private static let dark = 110  // grey levels: white letters are read on nothing paler
  private static let darkShare = 0.9  // of the places that no word hides
  private static let leastPlaces = 8  // at a height, that no word hides
  private static let places = 60  // looked at from one side of the net to the other
  private static let step = 1.0  // points from one height to the next
  private static let skipped = 2.0  // points between the bar and the net: a rule, or the edge's blur
  private static let tallest = 14.0  // of a word's height

  /// The y at which the ground above a box begins to be dark; nil where it is not, or has no end.
  ///
  /// - Parameters:
  ///   - words: of the page, above and in the box.
  ///   - height: of a word.
  func top(above box: BoundingBox, words: [TableWord], height: Double) throws -> Double? {
    let start = box.top - Self.skipped
    let end = start - Self.tallest * height
    let near = words.filter { $0.box.top <= start + 1 && $0.box.bottom >= end - 1 }.map(\.box)
    var y = start
    var top: Double?
    while y > end {
      guard try isDark(y, in: box, near) else { return top }
      top = y
      y -= Self.step
    }
    return nil
  }

  private func isDark(_ y: Double, in box: BoundingBox, _ words: [BoundingBox]) throws -> Bool {
    let beside = words.filter { $0.top <= y + 1 && $0.bottom >= y - 1 }
    let free = (0..<Self.places).map { box.left + box.width * (Double($0) + 0.5) / Double(Self.places) }.filter { x in
      !beside.contains { $0.left - 1 <= x && x <= $0.right + 1 }
    }
    guard free.count >= Self.leastPlaces else { return false }
    let dark = try free.count { x in
      try ink.grey(at: page.printed(BoundingBox(left: x, top: y, right: x, bottom: y))) < Self.dark
    }
    return Double(dark) >= Self.darkShare * Double(free.count)
  }
}

import DocumentModel

/// Where the ground changes between the rows of a table: stripes of shading, and hair lines too pale for rules.
struct GroundEdges {
  let ink: PageInk
  let page: UprightPage
  private let budget = ReadingBudget(words: mostLooks)

  private static let mostLooks = 2_000  // spaces between rows on a page
  private static let across = 3.0  // points between the places looked at
  private static let perStrip = 4  // such places make a strip, of which the middle grey level counts
  private static let beside = 1.5  // points around a word that its letters' blur may reach
  private static let tallest = 6.0  // ems between the middles of two rows
  private static let sharpness = 0.15  // ems within which the ground changes: paper fades more slowly
  private static let faintest = 3  // grey levels: the palest stripe that browsers show is six
  private static let palest = 130  // grey levels: a line that is darker is ink, a drawn rule or the bar of a fraction
  private static let overNoise = 4  // times what the grain of the paper changes over the same distance
  private static let agreement = 0.6  // of the strips: a label that spans its group has none beside it
  private static let leastStrips = 6  // strips that no word hides, to look at the whole height from row to row
  private static let leastFree = 0.25  // of the area's strips: the same

  /// The y of each change, at most one between two rows, in the order of the rows.
  func positions(between rows: [TextRow], in area: BoundingBox) throws -> [Double] {
    guard rows.count > 1 else { return [] }
    return try zip(rows, rows.dropFirst()).compactMap { upper, lower in
      guard budget.allows(1) else { return nil }
      return try position(between: upper, and: lower, in: area)
    }
  }

  private func position(between upper: TextRow, and lower: TextRow, in area: BoundingBox) throws -> Double? {
    let em = max(upper.size, lower.size, 1)
    guard lower.box.midY - upper.box.midY <= Self.tallest * em else { return nil }
    let step = ink.pixel
    let reach = max(Int(Self.sharpness * em / step), 1)
    let (top, bottom) = (upper.box.bottom + step, lower.box.top - step)
    if Int((bottom - top) / step) > reach {
      return try position(in: strips(in: area) { _ in true }, from: top, to: bottom, reach: reach)
    }
    // No ground lies between the rows: it is looked at beside their words.
    let words = (upper.words + lower.words).map(\.box)
    let free = strips(in: area) { x in
      !words.contains { x > $0.left - Self.beside && x < $0.right + Self.beside }
    }
    guard free.count >= max(Self.leastStrips, Int(Self.leastFree * area.width / Self.stripWidth)) else { return nil }
    return try position(in: free, from: upper.box.midY, to: lower.box.midY, reach: reach)
  }

  private func position(
    in strips: [[Double]], from top: Double, to bottom: Double, reach: Int
  ) throws -> Double? {
    let lines = Int((bottom - top) / ink.pixel)
    guard lines > reach else { return nil }
    let levels = try strips.map { places in
      try (0...lines).map { line in try level(places, y: top + Double(line) * ink.pixel) }
    }
    return Self.change(in: levels, reach: reach).map { top + $0 * ink.pixel }
  }

  /// The middle grey level of some places at one height.
  private func level(_ places: [Double], y: Double) throws -> Int {
    let levels = try places.map { x in
      try ink.grey(at: page.printed(BoundingBox(left: x, top: y, right: x, bottom: y)))
    }
    return levels.sorted()[levels.count / 2]
  }

  private static let stripWidth = across * Double(perStrip)

  /// The x of the places to look at, some to a strip, where that is allowed.
  private func strips(in area: BoundingBox, where isAllowed: (Double) -> Bool) -> [[Double]] {
    (0..<max(Int(area.width / Self.stripWidth), 0)).compactMap { strip in
      let left = area.left + Double(strip) * Self.stripWidth
      let places = (0..<Self.perStrip).map { left + Self.across * (Double($0) + 0.5) }.filter(isAllowed)
      return places.count < 2 ? nil : places
    }
  }

  /// The line, counted from the first, at which most strips change alike.
  ///
  /// - Parameter strips: the grey levels of each from top to bottom, all of one length.
  private static func change(in strips: [[Int]], reach: Int) -> Double? {
    guard let lines = strips.first?.count else { return nil }
    var best: (first: Int, last: Int, agreeing: Int)?
    for line in 0..<(lines - reach) {
      let changes = strips.map { isInk($0, at: line, reach: reach) ? 0 : $0[line + reach] - $0[line] }
      let (lighter, darker) = (changes.count { $0 >= faintest }, changes.count { $0 <= -faintest })
      let agreeing = max(lighter, darker)
      guard Double(agreeing) >= agreement * Double(strips.count) else { continue }
      if let last = best, last.agreeing > agreeing || last.agreeing == agreeing && last.last < line - 1 { continue }
      best =
        best.map { $0.agreeing == agreeing ? ($0.first, line, agreeing) : (line, line, agreeing) }
        ?? (line, line, agreeing)
    }
    guard let best else { return nil }
    let line = (best.first + best.last) / 2
    let sizes = strips.map { abs($0[line + reach] - $0[line]) }.sorted()
    let besides = (0..<(lines - reach)).filter { $0 < best.first - reach || $0 > best.last + reach }
    let grain = strips.flatMap { strip in besides.map { abs(strip[$0 + reach] - strip[$0]) } }.sorted()
    if !grain.isEmpty, sizes[sizes.count / 2] < overNoise * grain[grain.count / 2] { return nil }
    return (Double(best.first + best.last) + Double(reach)) / 2
  }

  /// Whether a strong change undoes one right above, or is undone right below: a dark line, not where dark ground begins
  /// or ends.
  private static func isInk(_ strip: [Int], at line: Int, reach: Int) -> Bool {
    let change = abs(strip[line + reach] - strip[line])
    return change > palest
      && (2 * abs(strip[min(line + 2 * reach, strip.count - 1)] - strip[line]) < change
        || 2 * abs(strip[max(line - reach, 0)] - strip[line + reach]) < change)
  }
}

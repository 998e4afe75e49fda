import DocumentModel

/// Parts areas where two tables stand side by side: every rule ends at the white between them, and what each rule spans is
/// more than a column.
struct SideParts {
  private static let touch = 3.0  // points: pieces of one rule
  private static let leastGutter = 8.0  // points: rules under neighbouring columns leave less, or span one column each
  private static let sameEnd = 4.0  // points by which the rules of one table end apart
  private static let leastRules = 2  // of a table, at different heights
  private static let mostParts = 6  // tables in a row

  /// From left to right; the area itself where it is no more than one.
  ///
  /// - Parameters:
  ///   - rules: horizontal ones, in any order.
  ///   - words: in the area.
  static func parts(of area: BoundingBox, rules: [RuleEdge], words: [TableWord], wordGap: Double) -> [BoundingBox] {
    let inside = rules.filter {
      $0.position > area.top - touch && $0.position < area.bottom + touch && $0.end > area.left + touch
        && $0.start < area.right - touch
    }
    var parts: [BoundingBox] = []
    var rest = area
    while parts.count < mostParts,
      let gutter = gutter(
        in: rest, rules: inside.filter { $0.end > rest.left + touch },
        words: words.filter { $0.box.midX > rest.left }, wordGap: wordGap)
    {
      let middle = (gutter.lowerBound + gutter.upperBound) / 2
      parts.append(BoundingBox(left: rest.left, top: rest.top, right: middle, bottom: rest.bottom))
      rest = BoundingBox(left: middle, top: rest.top, right: rest.right, bottom: rest.bottom)
    }
    return parts + [rest]
  }

  /// The first white that no rule crosses, with a table's rules to its left and others to its right.
  private static func gutter(
    in area: BoundingBox, rules: [RuleEdge], words: [TableWord], wordGap: Double
  ) -> ClosedRange<Double>? {
    // The rules' shadow on the x axis: white in it is crossed by none.
    var shadow: [(start: Double, end: Double)] = []
    for rule in rules.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      if let last = shadow.last, rule.start <= last.end + touch {
        shadow[shadow.count - 1].end = max(last.end, rule.end)
      } else {
        shadow.append((rule.start, rule.end))
      }
    }
    guard shadow.count > 1, shadow.allSatisfy({ isTable($0, rules, words, wordGap) }) else { return nil }
    // Labels that no rule spans are rows of one table.
    let isSpanned = words.allSatisfy { word in
      shadow.contains { word.box.left >= $0.start - sameEnd && word.box.right <= $0.end + sameEnd }
    }
    guard isSpanned, shadow[1].start - shadow[0].end >= leastGutter else { return nil }
    return shadow[0].end...shadow[1].start
  }

  /// Whether rules at two heights and more span all of an extent, and most rows in it are of several phrases.
  private static func isTable(
    _ extent: (start: Double, end: Double), _ rules: [RuleEdge], _ words: [TableWord], _ wordGap: Double
  ) -> Bool {
    var heights: [Double] = []
    let own = rules.filter { $0.start >= extent.start - touch && $0.end <= extent.end + touch }
    for rule in own.sorted(by: { $0.position < $1.position }) where rule.position - (heights.last ?? -.infinity) > touch
    {
      let level = own.filter { abs($0.position - rule.position) <= touch }
      let covered = level.reduce(0) { $0 + $1.end - $1.start }
      if covered >= extent.end - extent.start - sameEnd { heights.append(rule.position) }
    }
    guard heights.count >= leastRules else { return false }
    let rows = TextRow.rows(
      of: words.filter { $0.box.midX > extent.start - touch && $0.box.midX < extent.end + touch }, wordGap: wordGap)
    return rows.count > 1 && 2 * rows.count(where: { $0.phrases.count > 1 }) > rows.count
  }
}

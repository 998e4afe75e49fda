import DocumentModel

/// A straight edge of one axis, made of one or more ruling lines.
struct RuleEdge: Sendable, Hashable {
  /// y of a horizontal, x of a vertical edge.
  var position: Double
  var start: Double
  var end: Double

  var length: Double { end - start }
}

/// A page's ruling lines, snapped and joined.
///
/// The steps are those of Nurminen's thesis by way of pdfplumber's `table.py`: snap, join, intersect, cells, tables.
struct RuleEdges {
  let horizontals: [RuleEdge]
  let verticals: [RuleEdge]

  init(_ rules: [RulingLine]) {
    // The longest tell the most; the cap keeps a page of hatching from costing more than a page of text.
    let kept =
      rules.count <= Self.limit
      ? rules
      : Array(
        rules.sorted { ($0.length, $0.position, $0.start) > ($1.length, $1.position, $1.start) }.prefix(Self.limit))
    horizontals = Self.joined(Self.snapped(kept.filter { $0.axis == .horizontal }))
    verticals = Self.continued(Self.joined(Self.snapped(kept.filter { $0.axis == .vertical })), over: horizontals)
  }

  private static let limit = 6_000  // rules a page: a ledger of 100 × 30 cells drawn cell by cell
  static let snapTolerance = 2.5  // points, 5 px at 144 dpi: wider than a rule printed twice, narrower than a row
  static let joinTolerance = 4.0  // points: the nick where one cell's border ends and the next begins

  private static let padding = 7.0  // points on each side of a rule within a table: less than a row of text

  /// Verticals that end short of a horizontal rule and go on behind it, as where rules have space above and below.
  private static func continued(_ verticals: [RuleEdge], over horizontals: [RuleEdge]) -> [RuleEdge] {
    guard verticals.count > 1, !horizontals.isEmpty else { return verticals }
    func crossing(_ x: Double, _ range: ClosedRange<Double>) -> RuleEdge? {
      let first = horizontals.partitioningIndex { $0.position >= range.lowerBound }
      return horizontals[first...].prefix { $0.position <= range.upperBound }.first { $0.start <= x && x <= $0.end }
    }
    var result: [RuleEdge] = []
    for edge in verticals {
      if let last = result.last, last.position == edge.position, edge.start - last.end <= 2 * padding,
        let rule = crossing(edge.position, last.end...edge.start), rule.position - last.end <= padding,
        edge.start - rule.position <= padding
      {
        result[result.count - 1].end = edge.end
      } else {
        result.append(edge)
      }
    }
    return result
  }

  /// Moves nearly collinear rules to their mean place, weighted by length.
  static func snapped(_ rules: [RulingLine]) -> [RuleEdge] {
    let sorted = rules.sorted { ($0.position, $0.start, $0.end) < ($1.position, $1.start, $1.end) }
    var edges: [RuleEdge] = []
    var first = 0
    while first < sorted.count {
      var last = first
      while last + 1 < sorted.count, sorted[last + 1].position - sorted[first].position <= snapTolerance { last += 1 }
      let cluster = sorted[first...last]
      let weight = cluster.reduce(0) { $0 + max($1.length, 0.01) }
      let place = cluster.reduce(0) { $0 + $1.position * max($1.length, 0.01) } / weight
      edges += cluster.map { RuleEdge(position: place, start: $0.start, end: $0.end) }
      first = last + 1
    }
    return edges
  }

  /// Joins edges of one place that overlap or nearly touch.
  static func joined(_ edges: [RuleEdge]) -> [RuleEdge] {
    let sorted = edges.sorted { ($0.position, $0.start, $0.end) < ($1.position, $1.start, $1.end) }
    var result: [RuleEdge] = []
    for edge in sorted {
      if let last = result.last, last.position == edge.position, edge.start <= last.end + joinTolerance {
        result[result.count - 1].end = max(last.end, edge.end)
      } else {
        result.append(edge)
      }
    }
    return result
  }
}

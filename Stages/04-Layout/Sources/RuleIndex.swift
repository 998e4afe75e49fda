import DocumentModel

/// The ruling lines of a page in the reading frame, found by place.
struct RuleIndex: Sendable {
  let horizontals: [RulingLine]
  /// By position.
  let verticals: [RulingLine]

  private static let slack = 1.0  // points: word boxes may touch a rule

  init(_ rules: [RulingLine] = []) {
    horizontals = rules.filter { $0.axis == .horizontal }.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
    verticals = rules.filter { $0.axis == .vertical }.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
  }

  func hasVertical(between left: Double, and right: Double, atY y: Double) -> Bool {
    let from = min(left, right) - Self.slack
    let to = max(left, right) + Self.slack
    var at = Self.first(in: verticals, from: from)
    while at < verticals.count, verticals[at].position <= to {
      if verticals[at].start <= y, verticals[at].end >= y { return true }
      at += 1
    }
    return false
  }

  /// Whether a horizontal rule runs between two heights under (or over) at least `share` of a width.
  func hasHorizontal(between top: Double, and bottom: Double, from left: Double, to right: Double, share: Double)
    -> Bool
  {
    var at = Self.first(in: horizontals, from: top)
    while at < horizontals.count, horizontals[at].position <= bottom {
      let rule = horizontals[at]
      if min(rule.end, right) - max(rule.start, left) >= share * (right - left) { return true }
      at += 1
    }
    return false
  }

  private static func first(in rules: [RulingLine], from position: Double) -> Int {
    var low = 0
    var high = rules.count
    while low < high {
      let middle = (low + high) / 2
      if rules[middle].position < position { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

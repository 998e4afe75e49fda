import DocumentModel

/// Areas between horizontal rules of equal extent: tables with a rule above, one below the header and one at the end.
struct RuleStacks {
  /// Rules at one height, side by side with small gaps: a rule under each heading is a rule under the header.
  struct Level {
    let y: Double
    var left: Double
    var right: Double
  }

  private static let sideGap = 26.0  // points: between two columns' underlines there is less, in a gutter more
  private static let leastLength = 40.0  // points: shorter ones underline words
  private static let endTolerance = 8.0  // points: how far equal rules' ends may differ

  private static let labelHeight = 1.25  // of the row before: a title between two tables has more white about it

  /// - Parameter isTabular: whether what stands between two rules can be part of a table.
  /// - Parameter isLabel: whether it can be the name of a group of rows, below what stands between the two rules before.
  static func areas(
    _ rules: [RuleEdge], isTabular: (BoundingBox) -> Bool, isLabel: (BoundingBox, _ before: BoundingBox) -> Bool
  ) -> [BoundingBox] {
    let levels = levels(rules)
    var used = Set<Int>()
    var areas: [BoundingBox] = []
    for first in levels.indices where !used.contains(first) {
      let members = levels.indices.filter { $0 >= first && !used.contains($0) && areAlike(levels[first], levels[$0]) }
      used.formUnion(members)
      var top: Level?
      var bottom = 0.0
      var before: BoundingBox?
      func close() {
        if let start = top, bottom > start.y {
          areas.append(BoundingBox(left: start.left, top: start.y, right: start.right, bottom: bottom))
        }
        top = nil
      }
      for (upper, lower) in zip(members, members.dropFirst()) {
        let between = BoundingBox(
          left: min(levels[upper].left, levels[lower].left), top: levels[upper].y,
          right: max(levels[upper].right, levels[lower].right), bottom: levels[lower].y)
        let label = before.map { between.height <= labelHeight * $0.height && isLabel(between, $0) } ?? false
        guard isTabular(between) || top != nil && label else {
          close()
          continue
        }
        before = between
        if top == nil { top = levels[upper] }
        bottom = levels[lower].y
      }
      close()
    }
    return areas.sorted { ($0.top, $0.left) < ($1.top, $1.left) }
  }

  static func levels(_ rules: [RuleEdge]) -> [Level] {
    var levels: [Level] = []
    for rule in rules.sorted(by: { ($0.position, $0.start) < ($1.position, $1.start) }) {
      if let last = levels.last, last.y == rule.position, rule.start - last.right <= sideGap {
        levels[levels.count - 1].right = max(last.right, rule.end)
      } else {
        levels.append(Level(y: rule.position, left: rule.start, right: rule.end))
      }
    }
    return levels.filter { $0.right - $0.left >= leastLength }
  }

  private static func areAlike(_ a: Level, _ b: Level) -> Bool {
    abs(a.left - b.left) <= endTolerance && abs(a.right - b.right) <= endTolerance
  }
}

import DocumentModel

/// Candidates for tables by their drawn lines: grids, and text between parallel rules.
enum RuledAreas {
  private static let touch = 3.0  // points: rules that meet on paper end so near each other
  private static let mostRules = 1_500  // a side; beyond it the page is a drawing
  private static let sameSpan = 8.0  // points: the rules of one table begin and end together
  private static let leastLength = 60.0  // points: shorter rules frame no table
  private static let farthest = 420.0  // points between two rules of one table

  /// Rules that cross one another, with more than a frame's four.
  static func grids(_ horizontals: [RulingLine], _ verticals: [RulingLine]) -> [TableArea] {
    guard horizontals.count <= mostRules, verticals.count <= mostRules else { return [] }
    var parent = Array(0..<(horizontals.count + verticals.count))
    func root(_ index: Int) -> Int {
      var index = index
      while parent[index] != index {
        parent[index] = parent[parent[index]]
        index = parent[index]
      }
      return index
    }
    for (v, vertical) in verticals.enumerated() {
      for (h, horizontal) in horizontals.enumerated() where meet(horizontal, vertical) {
        let a = root(h)
        let b = root(horizontals.count + v)
        parent[max(a, b)] = min(a, b)
      }
    }
    var groups: [Int: (across: [RulingLine], down: [RulingLine])] = [:]
    for (h, rule) in horizontals.enumerated() { groups[root(h), default: ([], [])].across.append(rule) }
    for (v, rule) in verticals.enumerated() { groups[root(horizontals.count + v), default: ([], [])].down.append(rule) }
    return groups.sorted { $0.key < $1.key }.compactMap { _, group in
      let rows = distinct(group.across)
      let columns = distinct(group.down)
      guard rows >= 3 && columns >= 2 || rows >= 2 && columns >= 3 else { return nil }
      return (group.across + group.down).lazy.map(\.box).union().map { TableArea(box: $0, confidence: .ruledGrid) }
    }
  }

  /// Text between rules of one width, most of it in cells.
  ///
  /// - Parameter headings: of the rows, those that no table reaches over.
  static func bands(_ horizontals: [RulingLine], _ rows: [TextRow], headings: [BoundingBox]) -> [TableArea] {
    let rules = horizontals.filter { $0.length >= leastLength }
    guard rules.count <= mostRules else { return [] }
    var taken = [Bool](repeating: false, count: rules.count)
    var areas: [TableArea] = []
    for first in rules.indices where !taken[first] {
      var band = [rules[first]]
      var members = [first]
      for next in rules.indices.dropFirst(first + 1) where !taken[next] {
        guard let last = band.last, rules[next].position - last.position <= farthest else { break }
        if sameSpan(rules[first], rules[next]) {
          let between = last.box.union(rules[next].box)
          guard !holdsText(between, rows), !headings.contains(where: { between.contains(x: $0.midX, y: $0.midY) })
          else { break }
          band.append(rules[next])
          members.append(next)
        }
      }
      guard band.count >= 2, let box = band.lazy.map(\.box).union(), holdsCells(box, rows) else { continue }
      for member in members { taken[member] = true }
      areas.append(TableArea(box: box, confidence: .ruledBand))
    }
    return areas
  }

  private static func holdsCells(_ box: BoundingBox, _ rows: [TextRow]) -> Bool {
    AlignedAreas.areCells(rows.filter { box.contains(x: $0.box.midX, y: $0.box.midY) })
  }

  /// A caption, or prose alone: one table ended above it and another begins below.
  private static func holdsText(_ box: BoundingBox, _ rows: [TextRow]) -> Bool {
    let inside = rows.filter { box.contains(x: $0.box.midX, y: $0.box.midY) }
    return inside.contains { CaptionText($0.words)?.isMarked == true }
      || inside.count >= 2 && inside.allSatisfy { AlignedAreas.cells(of: $0).count < 2 }
  }

  private static func sameSpan(_ a: RulingLine, _ b: RulingLine) -> Bool {
    abs(a.start - b.start) <= sameSpan && abs(a.end - b.end) <= sameSpan
  }

  private static func meet(_ horizontal: RulingLine, _ vertical: RulingLine) -> Bool {
    vertical.position >= horizontal.start - touch && vertical.position <= horizontal.end + touch
      && horizontal.position >= vertical.start - touch && horizontal.position <= vertical.end + touch
  }

  /// How many different places the rules stand at; double rules are one.
  private static func distinct(_ rules: [RulingLine]) -> Int {
    var count = 0
    var last = -Double.infinity
    for position in rules.map(\.position).sorted() where position - last > touch {
      count += 1
      last = position
    }
    return count
  }
}

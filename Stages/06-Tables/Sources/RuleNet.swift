import DocumentModel

/// Ruling lines that cross or touch one another, directly or by way of others.
struct RuleNet {
  let horizontals: [RuleEdge]
  let verticals: [RuleEdge]
  let box: BoundingBox

  static let touchTolerance = 3.5  // points: how far a rule may end short of the one it was meant to meet

  /// The connected nets with rules of both axes, from top to bottom.
  static func nets(of edges: RuleEdges) -> [RuleNet] {
    let horizontals = edges.horizontals
    let verticals = edges.verticals
    var parts = DisjointSets(count: horizontals.count + verticals.count)
    for (index, vertical) in verticals.enumerated() {
      // Horizontals are sorted by place: only those along the vertical are looked at.
      var next = horizontals.partitioningIndex { $0.position >= vertical.start - touchTolerance }
      while next < horizontals.count, horizontals[next].position <= vertical.end + touchTolerance {
        let horizontal = horizontals[next]
        if vertical.position >= horizontal.start - touchTolerance, vertical.position <= horizontal.end + touchTolerance
        {
          parts.unite(next, horizontals.count + index)
        }
        next += 1
      }
    }
    var members: [Int: (horizontals: [RuleEdge], verticals: [RuleEdge])] = [:]
    for (index, edge) in horizontals.enumerated() {
      members[parts.root(index), default: ([], [])].horizontals.append(edge)
    }
    for (index, edge) in verticals.enumerated() {
      members[parts.root(horizontals.count + index), default: ([], [])].verticals.append(edge)
    }
    return joined(members.sorted { $0.key < $1.key }.compactMap { RuleNet($0.value.horizontals, $0.value.verticals) })
      .sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) }
  }

  private static let spacing = 6.0  // points between the frames of neighbouring cells, each drawn by itself
  private static let mostFrames = 3_000  // nets that are compared with one another

  /// Nets side by side with next to no space between: cells that are framed one by one, a frame drawn twice.
  private static func joined(_ nets: [RuleNet]) -> [RuleNet] {
    guard nets.count > 1, nets.count <= mostFrames else { return nets }
    let order = nets.indices.sorted {
      (nets[$0].box.top, nets[$0].box.left, $0) < (nets[$1].box.top, nets[$1].box.left, $1)
    }
    var parts = DisjointSets(count: nets.count)
    for (place, first) in order.enumerated() {
      for second in order[(place + 1)...] {
        guard nets[second].box.top <= nets[first].box.bottom + spacing else { break }
        if areNeighbours(nets[first], nets[second]) { parts.unite(first, second) }
      }
    }
    var groups: [Int: [RuleNet]] = [:]
    for index in nets.indices { groups[parts.root(index), default: []].append(nets[index]) }
    return groups.sorted { $0.key < $1.key }.compactMap { group in
      group.value.count == 1
        ? group.value[0]
        : RuleNet(
          group.value.flatMap(\.horizontals).sorted { ($0.position, $0.start) < ($1.position, $1.start) },
          group.value.flatMap(\.verticals).sorted { ($0.position, $0.start) < ($1.position, $1.start) })
    }
  }

  private static func areNeighbours(_ first: RuleNet, _ second: RuleNet) -> Bool {
    let a = first.box
    let b = second.box
    guard a.insetBy(-spacing / 2).intersects(b.insetBy(-spacing / 2)) else { return false }
    if a.contains(b) || b.contains(a) {
      let gaps = [a.left - b.left, a.top - b.top, a.right - b.right, a.bottom - b.bottom]
      return gaps.allSatisfy { abs($0) <= spacing }
    }
    // Two grids close together are two tables.
    return first.isFrame && second.isFrame
  }

  /// Whether nothing is drawn inside: the rules only make the box.
  private var isFrame: Bool {
    horizontals.allSatisfy { min(abs($0.position - box.top), abs($0.position - box.bottom)) <= Self.spacing }
      && verticals.allSatisfy { min(abs($0.position - box.left), abs($0.position - box.right)) <= Self.spacing }
  }

  /// The net with a row more at its top: a rule at some y, and what reaches the top drawn on to it.
  func extended(to y: Double) -> RuleNet {
    let head = RuleEdge(position: y, start: box.left, end: box.right)
    let closed =
      horizontals.contains { abs($0.position - box.top) <= Self.touchTolerance }
      ? [] : [RuleEdge(position: box.top, start: box.left, end: box.right)]
    let drawnOn = verticals.map { edge in
      edge.start <= box.top + Self.touchTolerance ? RuleEdge(position: edge.position, start: y, end: edge.end) : edge
    }
    return RuleNet([head] + closed + horizontals, drawnOn) ?? self
  }

  private init?(_ horizontals: [RuleEdge], _ verticals: [RuleEdge]) {
    guard let top = horizontals.first, let left = verticals.first else { return nil }
    self.horizontals = horizontals
    self.verticals = verticals
    box = BoundingBox(
      left: min(left.position, horizontals.map(\.start).min() ?? left.position),
      top: min(top.position, verticals.map(\.start).min() ?? top.position),
      right: max(verticals.map(\.position).max() ?? left.position, horizontals.map(\.end).max() ?? left.position),
      bottom: max(horizontals.map(\.position).max() ?? top.position, verticals.map(\.end).max() ?? top.position))
  }
}

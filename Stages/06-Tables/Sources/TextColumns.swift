import DocumentModel

/// Columns of an area, found as white corridors that persist over its rows.
struct TextColumns {
  /// Left edge, the middle of each corridor, right edge.
  let edges: [Double]
  /// The horizontal extent of what stands in each column.
  let extents: [ClosedRange<Double>]

  var count: Int { edges.count - 1 }

  func column(of x: Double) -> Int { GridDraft.band(of: x, in: edges) }

  /// The columns whose content a box stands over or under by more than a hair; in a corridor, the nearer column.
  func columns(of box: BoundingBox) -> ClosedRange<Int> {
    let margin = min(1.0, box.width / 4)
    var first = column(of: box.left + margin)
    var last = max(first, column(of: box.right - margin))
    guard first < last else { return first...last }
    while first < last, extents[first].upperBound <= box.left + margin { first += 1 }
    while last > first, extents[last].lowerBound >= box.right - margin { last -= 1 }
    return first...last
  }

  private static let leastCorridor = 0.12  // ems: each row's gap was wide already, only their common part may be narrow
  private static let mostSkipped = 8  // rows: deeper headers are not seen
  private static let mostHeads = 3  // rows that are looked at for names
  private static let outlierShare = 0.06  // of the rows: totals, section heads and notes that run across

  /// - Parameter rows: the area's rows from top to bottom.
  /// - Parameter box: the area.
  /// - Parameter dividers: x of rules that run through the area from top to bottom.
  init(rows: [TextRow], box: BoundingBox, dividers: [Double] = []) {
    let em = max(rows.flatMap { $0.words.map(\.size) }.median ?? 10, 1)
    var best: (corridors: [ClosedRange<Double>], skipped: Int)?
    let multiple = rows.filter { $0.phrases.count > 1 }
    let lone = rows.filter { $0.phrases.count == 1 }.map(\.box)
    // Rows at the top may be left aside: a header's words need not keep to the corridors.
    for skipped in 0...max(0, min(Self.mostSkipped, multiple.count / 2)) {
      let corridors = Self.corridors(Array(multiple.dropFirst(skipped)), lone: lone, em: em)
      if corridors.count > (best?.corridors.count ?? -1) { best = (corridors, skipped) }
    }
    let corridors = best?.corridors ?? []
    // One row of names among many may run across corridors as well.
    let kept = multiple.dropFirst(best?.skipped ?? 0).first
    let head = kept.flatMap { kept in rows.last { $0.box.bottom <= kept.box.midY } }
    let heads = (head.map { [$0] } ?? Array(rows.prefix(Self.mostHeads))).map { $0.words.map(\.box) }
    var inner = Self.inner(corridors, below: heads, em: em)
    for divider in dividers where divider > box.left + em && divider < box.right - em {
      // A drawn line is the boundary; the corridor it stands in needs no second one.
      let corridor = corridors.firstIndex { $0.lowerBound - em / 2 <= divider && divider <= $0.upperBound + em / 2 }
      if let corridor { inner[corridor] = divider } else { inner.append(divider) }
    }
    let sorted = Array(Set(inner)).sorted()
    let edges = ([box.left] + sorted.filter { $0 > box.left && $0 < box.right } + [box.right])
    self.edges = Array(edges.prefix(GridDraft.columnLimit)) + (edges.count > GridDraft.columnLimit ? [box.right] : [])
    extents = Self.extents(Array(multiple.dropFirst(best?.skipped ?? 0)), edges: self.edges)
  }

  /// Where in each corridor a column begins: in its middle, or where the names above say.
  ///
  /// - Parameter heads: rows above that may name the columns, their words from left to right.
  private static func inner(_ corridors: [ClosedRange<Double>], below heads: [[BoundingBox]], em: Double) -> [Double] {
    for head in heads {
      let whites = zip(head, head.dropFirst()).map { $0.right...max($0.right, $1.left) }
      // A name for each column, and more white between names than within them.
      let widest = whites.indices.sorted { (width(whites[$0]), $1) > (width(whites[$1]), $0) }.prefix(corridors.count)
      let common = zip(corridors, widest.sorted().map { whites[$0] }).map { corridor, white in
        let start = max(corridor.lowerBound, white.lowerBound)
        return start...max(start, min(corridor.upperBound, white.upperBound))
      }
      guard common.count == corridors.count, common.allSatisfy({ width($0) >= leastCorridor * em }) else { continue }
      return zip(corridors, common).map { $1.contains(middle($0)) ? middle($0) : middle($1) }
    }
    let head = heads.first ?? []
    return corridors.map { edge(in: $0, below: head, em: em) }
  }

  /// The middle, or the widest white between words above where one stands there.
  private static func edge(in corridor: ClosedRange<Double>, below head: [BoundingBox], em: Double) -> Double {
    let middle = middle(corridor)
    guard head.contains(where: { $0.left < middle && $0.right > middle }) else { return middle }
    var best: (width: Double, middle: Double)?
    var end = corridor.lowerBound - em
    let near = head.filter { $0.right > end && $0.left < corridor.upperBound + em }
    for (left, right) in near.map({ ($0.left, $0.right) }) + [(corridor.upperBound + em, .infinity)] {
      let white = max(end, corridor.lowerBound)...max(end, corridor.lowerBound, min(left, corridor.upperBound))
      if width(white) >= leastCorridor * em, left - end > best?.width ?? 0 {
        best = (left - end, Self.middle(white))
      }
      end = max(end, right)
    }
    return best?.middle ?? middle
  }

  private static func middle(_ range: ClosedRange<Double>) -> Double { (range.lowerBound + range.upperBound) / 2 }

  /// Maximal stretches of x that almost no row's phrases cover, with a supported column on either side.
  ///
  /// - Parameter lone: phrases that have their row to themselves; they may cross columns, and support one they keep to.
  static func corridors(_ rows: [TextRow], lone: [BoundingBox], em: Double) -> [ClosedRange<Double>] {
    let phrases = rows.flatMap { row in row.phrases.map(\.box) }
    guard rows.count > 1 else {
      guard let row = rows.first else { return [] }
      return zip(row.phrases, row.phrases.dropFirst()).map { $0.box.right...max($0.box.right, $1.box.left) }
    }
    let tolerance = Int(Double(rows.count) * outlierShare)
    let events = (phrases.map { ($0.left, 1) } + phrases.map { ($0.right, -1) }).sorted { $0 < $1 }
    var corridors: [ClosedRange<Double>] = []
    var covering = 0
    var opened: Double?
    for (x, change) in events {
      let before = covering
      covering += change
      if before > tolerance, covering <= tolerance { opened = x }
      if before <= tolerance, covering > tolerance {
        if let start = opened, x - start >= leastCorridor * em { corridors.append(start...x) }
        opened = nil
      }
    }
    return supported(corridors, rows: rows, lone: lone)
  }

  /// Drops corridors until every column between two holds words of enough rows.
  private static func supported(_ corridors: [ClosedRange<Double>], rows: [TextRow], lone: [BoundingBox])
    -> [ClosedRange<Double>]
  {
    let least = rows.count < 4 ? 1 : 2
    var kept = corridors
    while !kept.isEmpty {
      let edges = [-Double.infinity] + kept.map { ($0.lowerBound + $0.upperBound) / 2 } + [Double.infinity]
      var counts = [Int](repeating: 0, count: edges.count - 1)
      for row in rows {
        var last = -1
        for phrase in row.phrases {
          let column = GridDraft.band(of: phrase.box.midX, in: edges)
          if column != last { counts[column] += 1 }
          last = column
        }
      }
      for box in lone {
        let column = GridDraft.band(of: box.midX, in: edges)
        if box.left >= edges[column], box.right <= edges[column + 1] { counts[column] += 1 }
      }
      guard let weak = counts.indices.first(where: { counts[$0] < least }) else { break }
      // The weak column joins the neighbour that the same rows leave empty, as a name does its numbers; else the one across
      // the narrower corridor.
      let left = weak - 1
      let right = weak
      if left < 0 {
        kept.remove(at: right)
      } else if right >= kept.count {
        kept.remove(at: left)
      } else {
        let (onLeft, onRight) = neighbours(of: weak, in: rows, edges: edges)
        let isLeft = onLeft == onRight ? width(kept[left]) <= width(kept[right]) : onLeft < onRight
        kept.remove(at: isLeft ? left : right)
      }
    }
    return kept
  }

  /// How many of the rows with words in a column have some in the one before it, and in the one after it.
  private static func neighbours(of column: Int, in rows: [TextRow], edges: [Double]) -> (before: Int, after: Int) {
    let filled = rows.map { row in Set(row.phrases.map { GridDraft.band(of: $0.box.midX, in: edges) }) }
      .filter { $0.contains(column) }
    return (filled.count { $0.contains(column - 1) }, filled.count { $0.contains(column + 1) })
  }

  private static func width(_ range: ClosedRange<Double>) -> Double { range.upperBound - range.lowerBound }

  private static func extents(_ rows: [TextRow], edges: [Double]) -> [ClosedRange<Double>] {
    var extents = [(low: Double, high: Double)?](repeating: nil, count: edges.count - 1)
    for word in rows.lazy.flatMap(\.words) {
      let column = GridDraft.band(of: word.box.midX, in: edges)
      let known = extents[column] ?? (word.box.left, word.box.right)
      extents[column] = (min(known.low, word.box.left), max(known.high, word.box.right))
    }
    return extents.indices.map { index in
      let extent = extents[index] ?? (edges[index], edges[index + 1])
      return extent.low...max(extent.low, extent.high)
    }
  }
}

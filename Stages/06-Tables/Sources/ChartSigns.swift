import DocumentModel

/// Tells a chart from a table: where a table leaves cells empty, a chart has its curves and bars.
struct ChartSigns {
  let ink: PageInk
  let page: UprightPage

  private static let leastEmpty = 0.15  // of the cells: a chart's labels leave most of its area without words
  private static let leastEmptyRuled = 0.3  // the same between rules on all sides: words nobody read are ink in cells
  private static let mostLooks = 400  // empty cells looked at
  private static let drawn = 0.002...0.7  // of a cell: a curve's ink is at least that, more is shading
  private static let drawnShare = 0.4  // of the empty cells
  private static let margin = 3.0  // points: rules at a cell's edge are not in it

  func isChart(_ grid: GridDraft) throws -> Bool {
    let empty = grid.cells.filter(\.isEmpty)
    let least = grid.strategy == .ruled ? Self.leastEmptyRuled : Self.leastEmpty
    guard Double(empty.count) >= least * Double(grid.cells.count), !isListed(grid) else { return false }
    // A name may reach over the cell beside its own: its ink is no curve's.
    let words = grid.cells.flatMap { $0.words.map(\.box) }
    let looked = empty.prefix(Self.mostLooks).map { grid.box(of: $0).insetBy(Self.margin) }.filter { box in
      box.width > Self.margin && box.height > Self.margin && !words.contains { $0.intersects(box) }
    }
    guard !looked.isEmpty else { return false }
    let inked = try looked.count { Self.drawn.contains(try ink.share(in: page.printed($0)) - divided($0, grid)) }
    return Double(inked) >= Self.drawnShare * Double(looked.count)
  }

  private static let leastListed = 4  // rows
  private static let listed = 0.9  // of the rows

  /// Whether two columns and more have a word in nearly every row, one of them names and another numbers: what has no
  /// words there are pictures, such as flags, or letters that recognition missed. The labels of a chart fill one column.
  private func isListed(_ grid: GridDraft) -> Bool {
    let rows = grid.rows - grid.headerRows
    guard rows >= Self.leastListed else { return false }
    var (names, numbers) = (0, 0)
    for column in 0..<grid.columns {
      let cells = grid.cells.filter {
        $0.column == column && $0.row >= grid.headerRows && $0.rowSpan == 1 && $0.columnSpan == 1 && !$0.isEmpty
      }
      guard Double(cells.count) >= Self.listed * Double(rows) else { continue }
      let texts = cells.count { $0.words.contains { $0.value == .text } }
      if 2 * texts > cells.count { names += 1 } else { numbers += 1 }
    }
    return names > 0 && numbers > 0
  }

  private static let blur = 1.0  // points that a rule's ink may be broader than the rule
  private static let through = 0.8  // of a cell's height: a divider of columns runs through it, a bar ends in it

  /// The share of a box that rules between columns take: where alignment alone says where a column ends, such a rule may
  /// stand within its cells.
  private func divided(_ box: BoundingBox, _ grid: GridDraft) -> Double {
    guard grid.strategy != .ruled else { return 0 }
    let area = page.rules.reduce(0) { sum, rule in
      guard rule.axis == .vertical, rule.position > box.left, rule.position < box.right else { return sum }
      let length = min(rule.end, box.bottom) - max(rule.start, box.top)
      return length >= Self.through * box.height ? sum + length * (rule.thickness + Self.blur) : sum
    }
    return area / box.area
  }
}

import DocumentModel

/// Tells a chart from a table: where a table leaves cells empty, a chart has its curves and bars.
struct ChartSigns {
  let ink: PageInk
  let page: UprightPage

  private static let leastEmpty = 0.15  // of the cells: a chart's labels leave most of its area without words
  private static let mostLooks = 400  // empty cells looked at
  private static let drawn = 0.002...0.7  // of a cell: a curve's ink is at least that, more is shading
  private static let drawnShare = 0.4  // of the empty cells
  private static let margin = 3.0  // points: rules at a cell's edge are not in it

  func isChart(_ grid: GridDraft) throws -> Bool {
    let empty = grid.cells.filter(\.isEmpty)
    guard Double(empty.count) >= Self.leastEmpty * Double(grid.cells.count) else { return false }
    let looked = empty.prefix(Self.mostLooks).map { grid.box(of: $0).insetBy(Self.margin) }
      .filter { $0.width > Self.margin && $0.height > Self.margin }
    guard !looked.isEmpty else { return false }
    let inked = try looked.count { Self.drawn.contains(try ink.share(in: page.onPage($0))) }
    return Double(inked) >= Self.drawnShare * Double(looked.count)
  }
}

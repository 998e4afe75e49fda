import DocumentModel

/// Finds where a table begins whose area reaches up into the text above it: a heading or a list's item right above the
/// names of the columns is none of them.
struct TextAbove {
  let page: UprightPage

  private static let flush = 3.0  // points: a heading over several columns does not begin where the first one does
  private static let larger = 1.15  // of the type of the rows below

  /// The y between such text and the table; nil where there is none.
  func end(in grid: AlignedGrid) -> Double? {
    guard grid.headerCount > 1, let left = grid.rows.map(\.box.left).min() else { return nil }
    let above = (0..<(grid.headerCount - 1)).last { index in
      let row = grid.rows[index]
      guard row.phrases.count == 1, row.box.left <= left + Self.flush else { return false }
      let below = grid.rows[(index + 1)...]
      return isText(row, above: below[index + 1]) || isLarger(row, than: below)
    }
    return above.map { (grid.rows[$0].box.bottom + grid.rows[$0 + 1].box.top) / 2 }
  }

  private func isText(_ row: TextRow, above next: TextRow) -> Bool {
    page.regions.contains { region in
      [.heading, .title, .listItem].contains(region.kind) && region.box.contains(x: row.box.midX, y: row.box.midY)
        && region.box.bottom <= next.box.midY
    }
  }

  private func isLarger(_ row: TextRow, than below: ArraySlice<TextRow>) -> Bool {
    below.flatMap(\.words).map(\.size).median.map { row.size >= Self.larger * $0 } ?? false
  }
}

import DocumentModel

// Readings that agree, of which one goes on farther.
extension TableCandidate {
  private static let leastCells = 2  // of a row that goes on with a table: a lone one is a title or a note
  private static let sameStep = 1.4  // times the widest distance of two rows: what is farther stands apart
  private static let mostDoubt = 0.3  // of the confidence: what rules around a part lend it

  /// Whether a part that rules bound is some rows of this grid: every cell of it is one here, and each of the other rows
  /// has several and stands no farther from the next. Below the last rule stand sums, and where rules are pale only some of them are seen.
  func goesOn(from part: TableCandidate) -> Bool {
    guard part.words.count < words.count, part.words.isSubset(of: words), refusal == nil,
      confidence >= part.confidence - Self.mostDoubt,
      // A part with names of its own tells the columns; sums between rules fill only some of them.
      part.grid.headerRows > 0 ? grid.columns == part.grid.columns : grid.columns >= part.grid.columns
    else { return false }
    for cell in grid.cells where !cell.isEmpty {
      let inside = cell.words.count { part.words.contains($0.index) }
      guard inside == 0 || inside == cell.words.count else { return false }
    }
    let own = Dictionary(
      part.grid.cells.enumerated().flatMap { cell in cell.element.words.map { ($0.index, cell.offset) } },
      uniquingKeysWith: { first, _ in first })
    let cells = grid.cells.filter { cell in cell.words.contains { part.words.contains($0.index) } }
    guard cells.count == part.grid.cells.count(where: { !$0.isEmpty }),
      cells.allSatisfy({ Set($0.words.map { own[$0.index] }).count == 1 })
    else { return false }
    let rows = (0..<grid.rows).map { row in grid.cells.filter { $0.row == row && !$0.isEmpty } }
    let isOfPart = rows.map { $0.contains { $0.words.contains { part.words.contains($0.index) } } }
    guard rows.indices.allSatisfy({ isOfPart[$0] || rows[$0].count >= Self.leastCells }) else { return false }
    let middles = rows.map { $0.flatMap { $0.words.map(\.box) }.union()?.midY ?? 0 }
    let steps = zip(middles, middles.dropFirst()).map { $1 - $0 }
    let widest = steps.indices.filter { isOfPart[$0] && isOfPart[$0 + 1] }.map { steps[$0] }.max() ?? 0
    return steps.allSatisfy { $0 <= Self.sameStep * widest }
  }
}

/// A grid of cells found on one page.
package struct Table: Codable, Sendable, Hashable {
  package let box: BoundingBox
  package let rows: Int
  package let columns: Int
  /// In row-major order of their top-left corner; every grid place is covered by exactly one cell.
  package let cells: [Cell]
  /// How many rows at the top are headers.
  package let headerRows: Int
  /// How many columns at the left name their rows.
  package let stubColumns: Int
  package let strategy: TableStrategy
  /// How far the table's text is turned clockwise on the page.
  package let turn: QuarterTurn
  package let confidence: Score

  package init(
    box: BoundingBox, rows: Int, columns: Int, cells: [Cell], headerRows: Int, stubColumns: Int,
    strategy: TableStrategy,
    turn: QuarterTurn = .none, confidence: Score
  ) {
    self.box = box
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.headerRows = headerRows
    self.stubColumns = stubColumns
    self.strategy = strategy
    self.turn = turn
    self.confidence = confidence
  }
}

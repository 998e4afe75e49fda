/// Tables as Markdown: with pipes where those can tell all, else as HTML.
struct MarkdownTable {
  let text: MarkdownText
  let display: TableDisplay

  /// Hands over the lines, of which there are none for a table without places.
  func forEachLine(_ grid: TableGrid, _ body: (TracedText) throws -> Void) throws {
    guard !grid.isEmpty else { return }
    if display == .auto, !grid.hasSpans, grid.headerRows <= 1 {
      try pipes(grid, body)
    } else {
      try HTMLTable(grid).forEachLine(body)
    }
  }

  /// A table without header rows gets an empty one: a first row of data is no header.
  private func pipes(_ grid: TableGrid, _ body: (TracedText) throws -> Void) throws {
    let rule = Self.line([TracedText](repeating: "---", count: grid.columns))
    if grid.headerRows == 0 {
      try body(Self.line([TracedText](repeating: "", count: grid.columns)))
      try body(rule)
    }
    var isHeader = grid.headerRows > 0
    try grid.forEachRow { row in
      try body(Self.line(row.map { text.line($0.text) }))
      if isHeader { try body(rule) }
      isHeader = false
    }
  }

  private static func line(_ cells: [TracedText]) -> TracedText {
    "|" + cells.map { $0.isEmpty ? "  |" : " \($0) |" }.joined()
  }
}

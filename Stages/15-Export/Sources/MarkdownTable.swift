/// Tables as Markdown: with pipes where those can tell all, else as HTML.
struct MarkdownTable {
  let text: MarkdownText
  let display: TableDisplay

  func block(_ grid: TableGrid) -> TracedText {
    guard !grid.rows.isEmpty, grid.columns > 0 else { return "" }
    return display == .auto && !grid.hasSpans && grid.headerRows <= 1 ? pipes(grid) : HTMLTable(grid).text
  }

  /// A table without header rows gets an empty one: a first row of data is no header.
  private func pipes(_ grid: TableGrid) -> TracedText {
    let rows = grid.rows.map { row in row.map { text.line($0.text) } }
    let blank = [TracedText](repeating: "", count: grid.columns)
    let header = grid.headerRows == 1 ? rows[0] : blank
    let rule = [TracedText](repeating: "---", count: grid.columns)
    return ([header, rule] + rows.dropFirst(grid.headerRows)).map(Self.line).joined(separator: "\n")
  }

  private static func line(_ cells: [TracedText]) -> TracedText {
    "|" + cells.map { $0.isEmpty ? "  |" : " \($0) |" }.joined()
  }
}

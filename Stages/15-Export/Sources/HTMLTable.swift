import DocumentModel

/// A table as HTML, without blank lines: Markdown takes it as it is.
struct HTMLTable {
  let text: TracedText

  /// - Parameters:
  ///   - attributes: of the table, with a space before: ` id="page-3"`.
  ///   - caption: HTML of what names the table; empty for none.
  init(
    _ grid: TableGrid, attributes: String = "", caption: TracedText = "", notes: ((ElementID) -> String)? = nil,
    places: Bool = false
  ) {
    var lines: [TracedText] = ["<table\(attributes)>"]
    if !caption.isEmpty { lines.append("<caption>\(caption)</caption>") }
    let parts = [("thead", 0..<grid.headerRows), ("tbody", grid.headerRows..<grid.rows.count)]
    // A cell that reaches from the head into the body would be cut by its end: then all is one body.
    let crosses = grid.rows.prefix(grid.headerRows).joined().contains { $0.row + $0.rowSpan > grid.headerRows }
    for (tag, rows) in crosses ? [("tbody", grid.rows.indices)] : parts where !rows.isEmpty {
      lines.append("<\(tag)>")
      for row in rows {
        let cells = grid.rows[row].map { Self.cell($0, grid) { HTMLText.line($0, notes: notes, places: places) } }
        lines.append("<tr>\(cells.joined())</tr>")
      }
      lines.append("</\(tag)>")
    }
    lines.append("</table>")
    text = lines.joined(separator: "\n")
  }

  private static func cell(_ place: TableGrid.Place, _ grid: TableGrid, _ text: ([InlineRun]) -> TracedText)
    -> TracedText
  {
    let inHead = place.row < grid.headerRows
    let isHeader = inHead || place.column < grid.stubColumns || place.header
    var attributes = ""
    // A header over several columns names them all by its span; "colgroup" would want column groups declared.
    if isHeader { attributes += " scope=\"\(inHead ? "col" : "row")\"" }
    if place.rowSpan > 1 { attributes += " rowspan=\"\(place.rowSpan)\"" }
    if place.columnSpan > 1 { attributes += " colspan=\"\(place.columnSpan)\"" }
    let tag = isHeader ? "th" : "td"
    return "<\(tag)\(attributes)>\(text(place.text))</\(tag)>"
  }
}

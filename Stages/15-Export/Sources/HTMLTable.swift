import DocumentModel

/// A table as HTML, without blank lines: Markdown takes it as it is.
struct HTMLTable {
  private let grid: TableGrid
  private let attributes: String
  private let caption: TracedText
  private let notes: ((ElementID) -> String)?
  private let places: Bool
  private let namesPages: (Int) -> Bool

  /// - Parameters:
  ///   - attributes: of the table, with a space before: ` id="page-3"`.
  ///   - caption: HTML of what names the table; empty for none.
  ///   - namesPages: whether the first row on a page is to bear the page's name; asked once where a page begins.
  init(
    _ grid: TableGrid, attributes: String = "", caption: TracedText = "", notes: ((ElementID) -> String)? = nil,
    places: Bool = false, namesPages: @escaping (Int) -> Bool = { _ in false }
  ) {
    self.grid = grid
    self.attributes = attributes
    self.caption = caption
    self.notes = notes
    self.places = places
    self.namesPages = namesPages
  }

  func forEachLine(_ body: (TracedText) throws -> Void) throws {
    try body("<table\(attributes)>")
    if !caption.isEmpty { try body("<caption>\(caption)</caption>") }
    // A cell that reaches from the head into the body would be cut by its end: then all is one body.
    let headRows = grid.cutsHead ? 0 : grid.headerRows
    var number = 0
    var page: Int?
    try grid.forEachRow { row in
      if number == 0 || number == headRows {
        if number > 0 { try body("</thead>") }
        try body(number < headRows ? "<thead>" : "<tbody>")
      }
      number += 1
      let cells = row.map { Self.cell($0, grid) { HTMLText.line($0, notes: notes, places: places) } }
      let turned = row.first.map(\.page)
      let name = turned.map { $0 != page && namesPages($0) ? " id=\"page-\($0)\"" : "" } ?? ""
      page = turned
      try body("<tr\(name)>\(cells.joined())</tr>")
    }
    if number > 0 { try body(number <= headRows ? "</thead>" : "</tbody>") }
    try body("</table>")
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

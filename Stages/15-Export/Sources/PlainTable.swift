/// A table in columns for a typewriter face; a cell over several places stands at the first.
struct PlainTable {
  let text: TracedText

  init(_ grid: TableGrid) {
    var widths = [Int](repeating: 0, count: grid.columns)
    for place in grid.rows.joined() where place.columnSpan == 1 {
      widths[place.column] = min(max(widths[place.column], DisplayWidth.of(place.text.plain)), Self.widest)
    }
    var starts = [0]
    for width in widths { starts.append(starts[starts.count - 1] + width + Self.gap.utf8.count) }
    var lines: [TracedText] = []
    for (number, row) in grid.rows.enumerated() {
      lines.append(Self.line(row, starts))
      if number + 1 == grid.headerRows, number + 1 < grid.rows.count {
        lines.append(TracedText(widths.map { String(repeating: "-", count: $0) }.joined(separator: Self.gap)))
      }
    }
    text = lines.joined(separator: "\n")
  }

  private static let widest = 60  // columns: a longer cell moves its row's neighbours, not the whole column
  private static let gap = "  "

  private static func line(_ row: [TableGrid.Place], _ starts: [Int]) -> TracedText {
    var line: TracedText = ""
    var width = 0
    for place in row where !place.text.isEmpty {
      let start = starts[place.column]
      let space = width < start ? String(repeating: " ", count: start - width) : width > 0 ? gap : ""
      let text = place.text.traced
      line += space
      line += text
      width += space.utf8.count + DisplayWidth.of(text.string)
    }
    return line
  }
}

/// A table in columns for a typewriter face; a cell over several places stands at the first.
struct PlainTable {
  private let grid: TableGrid
  private let widths: [Int]
  /// Where each column begins, and where the last one ends.
  private let starts: [Int]

  /// - Throws: what reading the rows throws: all are measured before the first can be written.
  init(_ grid: TableGrid) throws {
    self.grid = grid
    var widths = [Int](repeating: 0, count: grid.columns)
    try grid.forEachRow { row in
      for place in row where place.columnSpan == 1 {
        widths[place.column] = min(max(widths[place.column], DisplayWidth.of(place.text.plain)), Self.widest)
      }
    }
    self.widths = widths
    starts = widths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1 + Self.gap.utf8.count) }
  }

  func forEachLine(_ body: (TracedText) throws -> Void) throws {
    var number = 0
    try grid.forEachRow { row in
      try body(Self.line(row, starts))
      number += 1
      if number == grid.headerRows, number < grid.rowCount {
        try body(TracedText(widths.map { String(repeating: "-", count: $0) }.joined(separator: Self.gap)))
      }
    }
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

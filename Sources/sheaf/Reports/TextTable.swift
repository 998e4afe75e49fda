/// Rows under headings, for people; columns as wide as they need to be.
struct TextTable {
  let headings: [String]
  /// Columns whose values stand at the right edge: numbers.
  let rightAligned: Set<Int>
  private(set) var rows: [[String]] = []

  init(_ headings: [String], rightAligned: Set<Int> = []) {
    self.headings = headings
    self.rightAligned = rightAligned
  }

  mutating func add(_ row: [String]) { rows.append(row.map(TerminalText.plain)) }

  /// One line per row, without blanks at the ends.
  var lines: [String] {
    let all = [headings] + rows
    let widths = headings.indices.map { column in all.map { TerminalText.width($0[column]) }.max() ?? 0 }
    return all.map { row in
      let line = row.indices
        .map { TerminalText.padded(row[$0], to: widths[$0], right: rightAligned.contains($0)) }
        .joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}

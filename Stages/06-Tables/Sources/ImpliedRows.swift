import DocumentModel

/// Rows that no rule parts: a ruled row whose cells all hold as many lines, far apart at the same heights.
enum ImpliedRows {
  private static let leastLines = 3  // of two columns: two lines in both may wrap alike
  private static let fewColumns = 2
  private static let leastStep = 2.2  // ems: lines of one text stand closer
  private static let sameStep = 0.2  // of the first step
  private static let space = 0.25, margin = 1.0  // of the size: between words, and beside the text of a cell
  private static let sameHeight = 0.45  // ems: letters reach differently far above and below

  /// The grid with such rows parted; its first row may name the columns and stays one.
  static func parted(_ grid: GridDraft) -> GridDraft {
    guard grid.rows > 1, grid.columns >= fewColumns else { return grid }
    let cuts = (0..<grid.rows).map { $0 == 0 ? [] : Self.cuts(in: $0, of: grid) }
    guard cuts.contains(where: { !$0.isEmpty }) else { return grid }
    var edges = [grid.rowEdges[0]]
    var groups: [Int] = []
    var next = grid.cells.count
    for row in 0..<grid.rows {
      let own = grid.owner[(row * grid.columns)..<((row + 1) * grid.columns)]
      groups += own
      for cut in cuts[row] {
        edges.append(cut)
        groups += next..<(next + grid.columns)
        next += grid.columns
      }
      edges.append(grid.rowEdges[row + 1])
    }
    guard
      var draft = GridDraft(rowEdges: edges, columnEdges: grid.columnEdges, groups: groups, strategy: grid.strategy)
    else { return grid }
    draft.place(grid.allWords)
    return draft
  }

  /// The y between the rows that one row of the grid holds.
  private static func cuts(in row: Int, of grid: GridDraft) -> [Double] {
    var lines: [[TextRow]] = []
    for column in 0..<grid.columns {
      let cell = grid.cell(row: row, column: column)
      guard cell.rowSpan == 1, cell.columnSpan == 1 else { return [] }
      let own = TextRow.rows(of: cell.words, wordGap: .infinity)
      guard own.count > 1, own.count == lines.first?.count ?? own.count,
        !wraps(own, width: grid.columnEdges[column + 1] - grid.columnEdges[column])
      else { return [] }
      lines.append(own)
    }
    guard let first = lines.first, first.count >= leastLines || grid.columns > fewColumns else { return [] }
    let em = max(first.map(\.size).max() ?? 0, 1)
    let steps = zip(first, first.dropFirst()).map { $1.box.midY - $0.box.midY }
    guard let step = steps.first, step >= leastStep * em, steps.allSatisfy({ abs($0 - step) <= sameStep * step }),
      lines.allSatisfy({ zip($0, first).allSatisfy { abs($0.box.midY - $1.box.midY) <= sameHeight * em } })
    else { return [] }
    return first.indices.dropFirst().map { index in
      let bottom = lines.map { $0[index - 1].box.bottom }.max() ?? 0
      return (bottom + (lines.map { $0[index].box.top }.min() ?? bottom)) / 2
    }
  }

  /// Whether a line reads on from the one above, or had no room on it.
  private static func wraps(_ lines: [TextRow], width: Double) -> Bool {
    zip(lines, lines.dropFirst()).contains { above, line in
      guard let last = above.words.last, let word = line.words.first, let letter = word.text.unicodeScalars.first else {
        return true
      }
      return letter.isSmall || letter == "(" || last.text.hasSuffix("-")
        || above.box.width + space * word.size + word.box.width > width - margin * word.size
    }
  }
}

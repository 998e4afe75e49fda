import DocumentModel

// Rows without more white than lines.
extension WrappedGrid {
  /// Rows whose cells begin together, told by the lines that cannot go on from the line above.
  ///
  /// - Parameter changes: y at which the ground changes between lines.
  static func startedRows(
    _ words: [TableWord], edges: [Double], corridors: [ClosedRange<Double>], changes: [Double], em: Double
  ) -> [[Block]] {
    let count = edges.count - 1
    let right = (0..<count).map { $0 < corridors.count ? corridors[$0].lowerBound : edges[count] }
    var rows: [[Block]] = []
    var above: [[TableWord]] = []
    var before = -Double.infinity
    for line in TextRow.rows(of: words, wordGap: .infinity) {
      var cells = [[TableWord]](repeating: [], count: count)
      for word in line.words { cells[GridDraft.band(of: word.box.midX, in: edges)].append(word) }
      let middle = middle(line.words)
      let filled = cells.indices.filter { !cells[$0].isEmpty }
      let isMore =
        !above.isEmpty && !changes.contains { $0 > before && $0 < middle }
        && (cells[0].isEmpty
          || filled.allSatisfy { goesOn(cells[$0], from: above[$0], right: right[$0]) }
            // Where all columns have a line, full lines above each other are two rows, unless most read on.
            && (filled.count < count || count > 2 && 2 * filled.count { isSmall(cells[$0].first) } > count)
            && above.joined().allSatisfy(\.bold) == line.words.allSatisfy(\.bold))
      if !isMore || rows.isEmpty { rows.append([]) }
      for column in filled {
        if let block = rows[rows.count - 1].firstIndex(where: { $0.column == column }) {
          rows[rows.count - 1][block].add(cells[column], to: middle + half * em)
        } else {
          rows[rows.count - 1].append(
            Block(column: column, line: cells[column], middle: middle, half: half * em))
        }
      }
      (above, before) = (cells, middle)
    }
    return rows
  }

  /// Whether a cell's line had no room on the line above.
  static func goesOn(_ line: [TableWord], from above: [TableWord], right: Double) -> Bool {
    guard let first = line.first, let last = above.last else { return false }
    return last.box.right + 0.25 * first.size + first.box.width > right
  }

  private static let leastBands = 4
  private static let widestStep = 1.7  // ems from line to line within a row

  /// The rows that stripes or hair lines part, wherever in them their cells stand; nil where some hold several rows, as
  /// between a few that are shaded to stand out.
  static func bandedRows(
    _ lines: [TextRow], edges: [Double], corridors: [ClosedRange<Double>], changes: [Double], em: Double
  ) -> [[Block]]? {
    guard changes.count + 1 >= leastBands else { return nil }
    let count = edges.count - 1
    let right = (0..<count).map { $0 < corridors.count ? corridors[$0].lowerBound : edges[count] }
    var rows: [[Block]] = []
    var before = -Double.infinity
    for line in lines {
      let middle = middle(line.words)
      if rows.isEmpty || changes.contains(where: { $0 > before && $0 < middle }) {
        rows.append([])
      } else if middle - before > widestStep * em {
        return nil
      }
      var cells = [[TableWord]](repeating: [], count: count)
      for word in line.words { cells[GridDraft.band(of: word.box.midX, in: edges)].append(word) }
      for column in cells.indices where !cells[column].isEmpty {
        if let block = rows[rows.count - 1].firstIndex(where: { $0.column == column }) {
          rows[rows.count - 1][block].add(cells[column], to: middle + half * em)
        } else {
          rows[rows.count - 1].append(Block(column: column, line: cells[column], middle: middle, half: half * em))
        }
      }
      before = middle
    }
    return rows.count >= leastBands && !rows.contains { isSeveral($0, right: right, em: em) } ? rows : nil
  }

  /// Whether lines side by side all the way down, of which some had room above, are rows of their own.
  private static func isSeveral(_ row: [Block], right: [Double], em: Double) -> Bool {
    let wrapped = row.filter { $0.lines.count > 1 }
    guard let first = wrapped.first, wrapped.count > 1 || row.count == 1 else { return false }
    let isEven = wrapped.allSatisfy { block in
      block.lines.count == first.lines.count
        && zip(block.lines, first.lines).allSatisfy { abs(middle($0) - middle($1)) < overlap * em }
    }
    return isEven
      && wrapped.contains { block in
        zip(block.lines, block.lines.dropFirst()).contains { !goesOn($1, from: $0, right: right[block.column]) }
      }
  }
}

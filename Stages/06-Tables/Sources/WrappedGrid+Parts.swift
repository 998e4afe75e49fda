import DocumentModel

// What an area holds beside the table, and where it ends.
extension WrappedGrid {
  /// The grid without columns that hold nothing but the name of the one beside them: a name in the middle of its column
  /// may stand beside all that is flush there.
  func joined() -> WrappedGrid {
    var (rows, edges) = (rows, columnEdges)
    var column = 0
    while edges.count > 3, column < edges.count - 1 {
      let filled = rows.indices.filter { rows[$0].contains { $0.column == column } }
      guard filled.count <= 1 else {
        column += 1
        continue
      }
      // Its words join the column that has no other name; the nearer, where both have none.
      func isFree(_ other: Int) -> Bool {
        other >= 0 && other < edges.count - 1
          && !filled.contains { row in rows[row].contains { $0.column == other } }
      }
      func isRightBeside(_ other: Int) -> Bool {
        filled.contains { row in
          let own = rows[row].filter { $0.column == column }.flatMap(\.words)
          return rows[row].filter { $0.column == other }.flatMap(\.words).contains { word in
            own.contains {
              $0.box.verticalOverlap(word.box) > 0.5 * word.box.height
                && max($0.box.left - word.box.right, word.box.left - $0.box.right) < Self.beside * em
            }
          }
        }
      }
      func distance(_ other: Int) -> Double {
        let own = rows.joined().filter { $0.column == column }.flatMap(\.words).map(\.box).union()
        let others = rows.joined().filter { $0.column == other }.flatMap(\.words).map(\.box).union()
        guard let own, let others else { return 0 }
        return max(own.left - others.right, others.left - own.right)
      }
      let neighbours = [column - 1, column + 1].filter { isFree($0) || isRightBeside($0) }
      guard let other = neighbours.min(by: { distance($0) < distance($1) }) else {
        column += 1
        continue
      }
      let edge = max(column, other)
      edges.remove(at: edge)
      for row in rows.indices {
        for block in rows[row].indices where rows[row][block].column >= edge { rows[row][block].column -= 1 }
      }
      column = max(0, edge - 1)
    }
    return WrappedGrid(rows: rows, columnEdges: edges, em: em, areRowsSure: areRowsSure, isBanded: isBanded)
  }

  private static let beside = 0.45  // ems: between words of one phrase

  /// The grid without what stands above and below it with nothing beside it where the first column is: a heading, the
  /// last line of a paragraph.
  func withoutText() -> WrappedGrid {
    func isText(_ row: [Block]) -> Bool { row.allSatisfy { $0.column == 0 } }
    var kept = rows[...]
    while let row = kept.first, isText(row) { kept.removeFirst() }
    while let row = kept.last, isText(row) { kept.removeLast() }
    return WrappedGrid(
      rows: Array(kept), columnEdges: columnEdges, em: em, areRowsSure: areRowsSure, isBanded: isBanded)
  }

  private static let wideGap = 2.0  // of the white between most rows
  private static let leastWideGap = 0.4  // ems more than that
  private static let proseWords = 4  // of a line that no cells part

  /// The rows parted where more white than usual stands between them, and where a line of text runs across.
  func parts() -> [[[Block]]] {
    let tops = rows.map { $0.lazy.map(\.top).min() ?? 0 }
    let bottoms = rows.map { $0.lazy.map(\.bottom).max() ?? 0 }
    let gaps = zip(bottoms, tops.dropFirst()).map { $1 - $0 }
    guard let usual = gaps.median else { return [rows] }
    let lefts = lefts
    var parts: [[[Block]]] = []
    var wasText = false
    for (index, row) in rows.enumerated() {
      let isText = isText(row, isLast: index + 1 == rows.count, lefts: lefts)
      let isApart =
        !isBanded && index > 0 && gaps[index - 1] > max(Self.wideGap * usual, usual + Self.leastWideGap * em)
      if index == 0 || isApart || isText || wasText {
        parts.append([row])
      } else {
        parts[parts.count - 1].append(row)
      }
      wasText = isText
    }
    return parts
  }

  /// Whether a row is one line whose words stand no farther apart than words do.
  private func isText(_ row: [Block], isLast: Bool, lefts: [Double]) -> Bool {
    guard row.count > 1, row.allSatisfy({ $0.lines.count == 1 }) else { return false }
    let words = row.flatMap(\.words).sorted { ($0.box.left, $0.index) < ($1.box.left, $1.index) }
    // What begins where its column does is a cell, be the one before it as wide as its column.
    let isInColumns =
      !(isLast && columns == 2)
      && row.allSatisfy { block in
        block.column == 0 || block.words.first.map { abs($0.box.left - lefts[block.column]) <= 1 } ?? false
      }
    return words.count >= Self.proseWords && !isInColumns
      && zip(words, words.dropFirst()).allSatisfy { $1.box.left - $0.box.right <= 0.5 * em }
  }

  /// Where most cells of each column begin.
  private var lefts: [Double] {
    var found = [[Double]](repeating: [], count: columns)
    for block in rows.joined() { block.words.first.map { found[block.column].append($0.box.left) } }
    return found.map { $0.median ?? 0 }
  }
}

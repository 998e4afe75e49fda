import DocumentModel

// Whether a reading is a table, and of what kind.
extension WrappedGrid {
  private static let leastRows = 3
  private static let leastFill = 0.5
  private static let mostLone = 0.34  // of the rows: those with one cell
  private static let leastUsed = 0.2  // of the rows, for every column
  private static let longLine = 5.0  // words: cells are shorter, running text longer
  private static let mostMonospaced = 0.6  // of the words: what a program prints keeps to common edges anyway

  var columns: Int { columnEdges.count - 1 }

  func cells(_ row: [Block]) -> [[Block]] {
    var cells = [[Block]](repeating: [], count: columns)
    for block in row { cells[block.column].append(block) }
    return cells
  }

  var isTable: Bool {
    guard rows.count >= Self.leastRows, rows.count <= GridDraft.rowLimit else { return false }
    let words = rows.flatMap { $0.flatMap(\.words) }
    guard Double(words.count(where: \.monospaced)) <= Self.mostMonospaced * Double(words.count) else { return false }
    let cells = rows.map(cells)
    let filled = cells.reduce(0) { $0 + $1.count { !$0.isEmpty } }
    let torn = cells.reduce(0) { $0 + $1.count { $0.count > 1 } }
    let rights = rights
    let named = cells.filter { !$0[0].isEmpty }
    guard !areRowsSure || rows.contains(where: { $0.contains { $0.lines.count > 1 } }),
      Double(filled) >= Self.leastFill * Double(rows.count * columns), 4 * torn <= rows.count * columns,
      2 * named.count > rows.count || isBanded && isKeyed(cells),
      Double(cells.count { $0.count { !$0.isEmpty } == 1 }) <= Self.mostLone * Double(rows.count),
      (0..<columns).allSatisfy({ column in
        let used = cells.count { !$0[column].isEmpty }
        return used > 1 && Double(used) >= Self.leastUsed * Double(rows.count)
      }), !areRowsSure || !cells.contains(where: { isStack($0, rights: rights) })
    else { return false }
    if cells.contains(where: isBridged) { return false }
    let first = named.flatMap { $0[0].flatMap(\.lines) }
    if first.contains(where: { $0.count == 1 && Self.isBullet($0[0].text) }) { return false }
    if named.count < first.count, Self.areCounted(first) { return false }
    let markers = first.count { $0.count == 1 && (Refusals.isMarker($0[0].text) || Self.isNumber($0[0].text)) }
    return 2 * markers < first.count
  }

  private static let keyed = 0.9  // of the rows

  /// Whether rows whose first column holds the names of groups are told apart by another column, from the first group on.
  private func isKeyed(_ cells: [[[Block]]]) -> Bool {
    cells.prefix(2).contains { !$0[0].isEmpty }
      && (1..<columns).contains { column in
        Double(cells.count { !$0[column].isEmpty }) >= Self.keyed * Double(cells.count)
      }
  }

  private static func isBullet(_ text: String) -> Bool {
    guard text.unicodeScalars.count == 1, let sign = text.unicodeScalars.first else { return false }
    return BulletSign.isBullet(sign) || "–-*".unicodeScalars.contains(sign)
  }

  /// Whether each line is a number by one higher than the one above: rows of their own, as those of a listing.
  private static func areCounted(_ lines: [[TableWord]]) -> Bool {
    let numbers = lines.compactMap { $0.count == 1 ? Int($0[0].text) : nil }
    return numbers.count == lines.count && zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == 1 }
  }

  /// The number of a section, of several parts.
  private static func isNumber(_ text: String) -> Bool {
    let parts = text.split(separator: ".")
    return parts.count > 1 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
  }

  /// Two rows that only a third column's lines hold together: labels with their values, and an address beside them.
  private func isBridged(_ cells: [[Block]]) -> Bool {
    let torn = cells.filter { $0.count > 1 }
    return torn.contains { blocks in
      torn.count { abs($0[1].top - blocks[1].top) < Self.overlap * em } > 1
    }
  }

  /// Several rows that were taken for one: lines side by side all the way down, or numbers.
  private func isStack(_ cells: [[Block]], rights: [Double]) -> Bool {
    let filled = cells.filter { !$0.isEmpty }.map { $0.flatMap(\.lines) }
    let numbers = filled.count { $0.count { $0.allSatisfy { $0.value != .text } } > 1 }
    guard numbers < 2 else { return true }
    guard filled.count > 1, let first = filled.first, first.count > 2 else { return false }
    let isEven = filled.dropFirst().allSatisfy { lines in
      lines.count == first.count
        && zip(lines, first).allSatisfy { abs(Self.middle($0) - Self.middle($1)) < Self.overlap * em }
    }
    // Cells of one row may wrap alike; a line that had room above it is a row of its own.
    return isEven
      && cells.contains { blocks in
        let lines = blocks.flatMap(\.lines)
        guard let column = blocks.first?.column else { return false }
        return zip(lines, lines.dropFirst()).contains {
          !Self.goesOn($1, from: $0, right: rights[column])
        }
      }
  }

  /// Where the longest line of each column ends.
  private var rights: [Double] {
    var found = [Double](repeating: 0, count: columns)
    for block in rows.joined() {
      for word in block.lines.joined() { found[block.column] = max(found[block.column], word.box.right) }
    }
    return found
  }

  /// Whether the first row names all the columns in bold type, and not everything is bold.
  var isHeaded: Bool {
    guard let first = rows.first, cells(first).allSatisfy({ !$0.isEmpty }) else { return false }
    return first.allSatisfy { $0.words.allSatisfy(\.bold) }
      && rows.dropFirst().contains { $0.contains { !$0.words.allSatisfy(\.bold) } }
  }

  /// y between the first row and the second.
  var endOfHeader: ClosedRange<Double> {
    let bottom = rows[0].lazy.map(\.bottom).max() ?? 0
    return bottom...max(bottom, rows[1].lazy.map(\.top).min() ?? bottom)
  }

  /// How many columns hold running text.
  var longColumns: Int {
    (0..<columns).count { column in
      let lines = rows.lazy.joined().filter { $0.column == column }.flatMap(\.lines)
      return Double(lines.reduce(0) { $0 + $1.count }) >= Self.longLine * Double(lines.count)
    }
  }

  /// Whether the lines of a column before others are names with a colon: a form, or an address beside one.
  var isForm: Bool {
    let names = rows.compactMap { row in cells(row)[0].last?.words.last }
    if 2 * names.count(where: { $0.text.hasSuffix(":") }) >= names.count { return true }
    return (1..<max(1, columns - 1)).contains { column in
      let lines = rows.lazy.joined().filter { $0.column == column }.flatMap(\.lines)
      return 2 * lines.count { $0.last?.text.hasSuffix(":") ?? false } > lines.count
    }
  }
}

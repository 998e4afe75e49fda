import Contracts
import DocumentModel

/// The last row of a table's part, which a page's end may cut: all that is kept of it.
struct RowEnd {
  /// The texts of its cells of one column and one row, by column.
  private let texts: [Int: String]
  /// Whether every whole row so far has a name in the first column.
  private let areAllNamed: Bool
  private let isHeaderOnly: Bool

  /// - Parameters:
  ///   - before: the end of the part before.
  ///   - mends: whether the part's first row is the rest of that.
  init(_ table: ElementTable, after before: RowEnd? = nil, mends: Bool = false) {
    let last = max(table.rows, 1) - 1
    var texts = Self.texts(of: last, in: table)
    let rest = min(max(table.headerRows, 0), max(last, 0))
    if mends, last == rest, let before { texts = before.texts.merging(texts.filter { !$0.value.isEmpty }) { $1 } }
    self.texts = texts
    isHeaderOnly = before == nil && table.rows <= table.headerRows
    areAllNamed = (before?.areAllNamed ?? true) && Self.areNamed(table, from: rest + (mends ? 1 : 0))
  }

  /// Whether the first row of the next part is the rest of this one.
  ///
  /// Such a row has no name in the first column, where all others have one, and text only below text that it may go on from.
  func goesOn(in table: ElementTable) -> Bool {
    let first = max(table.headerRows, 0)
    guard first < table.rows, !isHeaderOnly, areAllNamed, texts[0]?.isEmpty == false else { return false }
    let rest = Self.texts(of: first, in: table)
    guard rest.count == table.columns, rest[0]?.isEmpty == true, Self.areNamed(table, from: first + 1) else {
      return false
    }
    let lines = rest.filter { !$0.value.isEmpty }
    return !lines.isEmpty
      && lines.allSatisfy { column, text in texts[column].map { Self.mayGoOn($0, in: text) } ?? false }
  }

  /// Whether a text may be cut there: running text, no number.
  private static func mayGoOn(_ upper: String, in lower: String) -> Bool {
    guard lower.unicodeScalars.contains(where: \.isLetter), upper.unicodeScalars.contains(where: \.isLetter),
      let first = lower.unicodeScalars.first, let last = upper.unicodeScalars.last
    else { return false }
    let isRunning = words(upper) >= leastWords || words(lower) >= leastWords || UnspacedScript.contains(first)
    return isRunning && (first.isSmall || words(upper) > 1 || UnspacedScript.contains(last))
  }

  private static func words(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }

  /// Whether the first column has a name in, or reaching into, every row from one on.
  private static func areNamed(_ table: ElementTable, from first: Int) -> Bool {
    guard first < table.rows else { return true }
    // Edited cells may name any row and reach any distance.
    let names = table.cells.filter { $0.column == 0 && !$0.text.isEmpty && 0..<table.rows ~= $0.row }
      .map { $0.row..<($0.row + min(max($0.rowSpan, 1), table.rows - $0.row)) }
      .filter { $0.upperBound > first }.sorted { $0.lowerBound < $1.lowerBound }
    var next = first
    for name in names {
      guard name.lowerBound <= next else { return false }
      next = max(next, name.upperBound)
    }
    return next >= table.rows
  }

  private static func texts(of row: Int, in table: ElementTable) -> [Int: String] {
    var texts: [Int: String] = [:]
    for cell in table.cells where cell.row == row && cell.rowSpan == 1 && cell.columnSpan == 1 {
      texts[cell.column] = cell.text
    }
    return texts
  }

  private static let leastWords = 4  // of a cell: its text may run over lines
}

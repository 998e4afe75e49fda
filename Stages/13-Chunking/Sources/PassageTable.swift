import Contracts
import DocumentModel

/// The rows of a table entry, its continuations on later pages included.
///
/// Rows count through all elements of the entry; header rows that a continuation repeats are left out and not counted.
struct PassageTable {
  /// Tokens of each row.
  private(set) var rows: [Int] = []
  /// How many rows at the top are headers.
  private(set) var headerRows = 0
  /// For each row, whether a cell reaches into it from the row above.
  private(set) var clings: [Bool] = []

  /// Appends the grid of one element.
  mutating func append(_ table: ElementTable, repeatsHeader: Bool, counter: any TokenCounter) {
    let skipped = repeatsHeader ? min(max(table.headerRows, 0), table.rows) : 0
    if rows.isEmpty { headerRows = min(max(table.headerRows, 0), table.rows) }
    // An edited checkpoint may claim any number of rows; only those with cells exist.
    let last = table.cells.map(\.row).max() ?? -1
    let count = min(max(table.rows, 0), last < Int.max ? last + 1 : 0, table.cells.count * Self.mostRowsPerCell)
    guard count > skipped else { return }
    var texts = Array(repeating: [Unicode.Scalar](), count: count)
    var reached = Array(repeating: false, count: count)
    for cell in table.cells where (0..<count).contains(cell.row) {
      if !texts[cell.row].isEmpty { texts[cell.row].append("\t") }
      texts[cell.row] += cell.text.unicodeScalars
      let span = min(max(cell.rowSpan, 1), Self.mostRowsPerCell, count - cell.row)
      for row in cell.row + 1..<max(cell.row + span, cell.row + 1) { reached[row] = true }
    }
    for row in skipped..<count {
      rows.append(counter.count(texts[row][...]))
      clings.append(row > skipped && reached[row])
    }
  }

  /// The rows of the header, where it is small enough to be repeated.
  func header(within tokens: Int) -> Int? {
    guard headerRows > 0, headerRows < rows.count else { return nil }
    let size = rows[0..<headerRows].reduce(0, +)
    return size <= tokens ? size : nil
  }

  /// Rows that are not cut apart: those that a cell spans, and the header with the first row below it.
  func blocks(keepingHeader: Bool) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    for row in rows.indices {
      if let last = blocks.last, clings[row] || keepingHeader && row <= headerRows {
        blocks[blocks.count - 1] = last.lowerBound..<row + 1
      } else {
        blocks.append(row..<row + 1)
      }
    }
    return blocks
  }

  private static let mostRowsPerCell = 1000  // rows: longer than any printed page, short enough for hostile spans
}

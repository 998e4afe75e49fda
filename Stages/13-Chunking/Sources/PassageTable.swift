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

  /// The last row, which the next element may go on with.
  private var last: [TableRows.Cell] = []

  /// Appends the grid of one element.
  ///
  /// - Parameter join: how it goes on with the one before; nil for the first.
  mutating func append(_ table: ElementTable, join: ReadingEntry.Join?, counter: any TokenCounter) {
    let part = TableRows(table, after: join)
    if rows.isEmpty { headerRows = part.headerRows }
    for (index, row) in part.rows.enumerated() {
      if index == 0, join?.mendsRow ?? false, !rows.isEmpty {
        last = TableRows.mended(last, with: row)
        rows[rows.count - 1] = counter.count(TableRows.line(last))
      } else {
        last = row
        rows.append(counter.count(TableRows.line(row)))
        clings.append(part.clings[index])
      }
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
}

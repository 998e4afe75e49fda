import Contracts
import DocumentModel
import StageKit

/// Rows of a table, read as they are asked for; those of the parts that were asked for last are held.
final class TableWindow {
  /// Ascending, by their first rows and by their last.
  private let pieces: [TablePiece]
  private let columns: Int
  private let table: (ElementID) throws -> ElementTable?
  private let text: ([InlineRun]) -> [InlineRun]
  /// The parts whose rows are held.
  private var held = 0..<0
  /// The number of the first row that is held.
  private var base = 0
  private var rows: [[TableGrid.Place]] = []

  init(
    _ pieces: [TablePiece], columns: Int, _ table: @escaping (ElementID) throws -> ElementTable?,
    _ text: @escaping ([InlineRun]) -> [InlineRun]
  ) {
    self.pieces = pieces.filter { !$0.isEmpty }
    self.columns = columns
    self.table = table
    self.text = text
  }

  var count: Int { rows.count }

  /// - Parameter range: rows that there are.
  func rows(_ range: Range<Int>) throws -> ArraySlice<[TableGrid.Place]> {
    guard !range.isEmpty else { return [] }
    // From the part on in which the first of them begins, to the one that has the rest of the last row of the part that
    // the last of them stands in: a cell of it may reach down to that row.
    let first = pieces.partitioningIndex { $0.stretch.range.upperBound > range.lowerBound }
    let last = pieces.partitioningIndex { $0.stretch.range.upperBound >= range.upperBound }
    let end = pieces.partitioningIndex { $0.stretch.range.lowerBound >= pieces[last].stretch.range.upperBound }
    if held.contains(first) {
      let start = pieces[first].stretch.range.lowerBound
      rows.removeFirst(start - base)
      (base, held) = (start, first..<held.upperBound)
    } else {
      rows = []
      (base, held) = (pieces[first].stretch.range.lowerBound, first..<first)
    }
    while held.upperBound < end { try append(pieces[held.upperBound]) }
    return rows[(range.lowerBound - base)..<(range.upperBound - base)]
  }

  private func append(_ piece: TablePiece) throws {
    held = held.lowerBound..<(held.upperBound + 1)
    guard let table = try table(piece.part.id) else {
      throw StageFailure(.internalError, "The table \(piece.part.id) was there a moment ago.")
    }
    let added = try piece.part.rows(
      of: table, columns: columns, base: piece.stretch.range.lowerBound, mends: piece.mends, text: text)
    guard piece.mends, !rows.isEmpty else { return rows += added }
    if let rest = added.first { mend(with: rest) }
    rows += added.dropFirst()
  }

  /// Adds the rest of the last row, which stands on the next page, to its cells.
  private func mend(with rest: [TableGrid.Place]) {
    for part in rest where !part.text.isEmpty {
      // Every place is covered by one cell, which may begin further up.
      for row in rows.indices.reversed() {
        guard let index = Self.cell(over: part.column, in: rows[row]) else { continue }
        rows[row][index].text = rows[row][index].text.goingOn(with: part.text)
        break
      }
    }
  }

  private static func cell(over column: Int, in row: [TableGrid.Place]) -> Int? {
    let next = row.partitioningIndex { $0.column > column }
    return next > 0 && column < row[next - 1].column + row[next - 1].columnSpan ? next - 1 : nil
  }
}

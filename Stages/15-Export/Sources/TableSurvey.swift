import Contracts
import DocumentModel

/// What is to be known of a table before its first row is written, found part by part.
struct TableSurvey {
  let columns: Int
  /// Columns of the widest part.
  private(set) var widest = 0
  private(set) var rowCount = 0
  private(set) var headerRows = 0
  private(set) var stubColumns = 0
  private(set) var hasSpans = false
  private(set) var cutsHead = false
  /// The parts that are tables of some size.
  private(set) var pieces: [TablePiece] = []

  /// - Parameter columns: of the whole table; 0 for those of the first part.
  init(_ parts: [TablePart], columns: Int, _ table: (ElementID) throws -> ElementTable?) throws {
    var columns = columns
    var isFirst = true
    for part in parts {
      guard let table = try table(part.id) else { continue }
      if isFirst {
        isFirst = false
        (headerRows, stubColumns) = (table.headerRows, table.stubColumns)
        columns = max(columns, table.columns)
      }
      widest = max(widest, table.columns)
      guard table.rows > 0, table.columns > 0 else { continue }
      try part.check(table, columns: columns, before: rowCount)
      let mends = part.join?.mendsRow ?? false && rowCount > 0
      let base = rowCount - (mends ? 1 : 0)
      let rows = try part.rows(of: table, columns: columns, base: base, mends: mends) { _ in [] }
      for place in rows.dropFirst(mends ? 1 : 0).joined() {
        if place.rowSpan > 1 || place.columnSpan > 1 { hasSpans = true }
        if place.row < headerRows, place.row + place.rowSpan > headerRows { cutsHead = true }
      }
      rowCount = max(base + rows.count, rowCount)
      let stretch = ElementStretch(element: part.id, range: base..<rowCount)
      pieces.append(TablePiece(part: part, mends: mends, isEmpty: rows.isEmpty, stretch: stretch))
    }
    self.columns = columns
  }
}

/// A part of a table with the rows that it has of it.
struct TablePiece {
  let part: TablePart
  /// Whether its first row is the rest of the last one before.
  let mends: Bool
  /// Whether it has nothing but a header that the first part has already.
  let isEmpty: Bool
  let stretch: ElementStretch
}

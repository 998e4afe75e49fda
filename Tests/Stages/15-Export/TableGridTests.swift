import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import Export

@Suite("A table over pages", .timeLimit(.minutes(10)))
struct TableGridTests {
  private typealias Row = [TableGrid.Place]

  private static func grid(_ tables: [ElementTable?], joins: [ReadingEntry.Join] = []) throws -> TableGrid {
    let parts = tables.indices.map { index in
      TablePart(id: id(index), join: index > 0 && index - 1 < joins.count ? joins[index - 1] : nil)
    }
    return try TableGrid(parts, reading: { tables[$0.page - 1] })
  }

  private static func id(_ index: Int) -> ElementID { ElementID(page: index + 1, index: 0) }

  private static func told(_ rows: some Sequence<Row>) -> [String] {
    rows.map { row in
      row.map {
        "\($0.row),\($0.column)+\($0.rowSpan)×\($0.columnSpan)\($0.header ? "h" : "") p\($0.page) \($0.text.plain)"
      }
      .joined(separator: " | ")
    }
  }

  private static func all(_ grid: TableGrid) throws -> [Row] {
    var rows: [Row] = []
    try grid.forEachRow { rows.append($0) }
    return rows
  }

  @Test("is read part by part, each once, and two or three parts are in memory at a time")
  func bounded() throws {
    let (pages, each) = (400, 30)
    let table = MadeTable.plain((0..<each).map { ["\($0)", "word"] }, headerRows: 0)
    var reads = 0
    let grid = try TableGrid(
      (0..<pages).map { TablePart(id: Self.id($0), join: $0 == 0 ? nil : .cells) },
      reading: { _ in
        reads += 1
        return table
      })
    #expect(reads == pages)
    #expect(grid.rowCount == pages * (each - 1) + 1)
    var (seen, most) = (0, 0)
    try grid.forEachRow { row in
      #expect(row[0].row == seen)
      seen += 1
      most = max(most, grid.heldRows)
    }
    #expect(seen == grid.rowCount)
    #expect(most <= 2 * each)
    #expect(reads == 2 * pages)
    // As chunks ask: some rows after the other.
    for start in stride(from: 0, to: grid.rowCount, by: 7) {
      #expect(try grid.rows(start..<(start + 7)).first?[0].row == start)
      #expect(grid.heldRows <= 3 * each)
    }
    #expect(reads == 3 * pages)
  }

  @Test("is the same however it is read: at once, row by row, or in any stretches", arguments: 0..<200 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let tables = (0..<Int.random(in: 1...6, using: &random)).map { index -> ElementTable? in
      index > 0 && Int.random(in: 0..<8, using: &random) == 0 ? nil : Self.table(&random)
    }
    let kinds: [ReadingEntry.Join] = [.rows, .rowsRepeatingHeader, .cells, .cellsRepeatingHeader]
    let joins = tables.dropFirst().map { _ in kinds[Int.random(in: 0..<4, using: &random)] }
    var whole = WholeTable(tables.compactMap { $0 })
    for (index, table) in tables.enumerated() {
      if let table { whole.append(table, index > 0 ? joins[index - 1] : nil, Self.id(index)) }
    }
    let grid = try Self.grid(tables, joins: joins)
    let rows = Self.told(whole.rows)
    #expect(grid.columns == whole.columns)
    #expect(grid.rowCount == rows.count)
    #expect(grid.headerRows == whole.headerRows)
    let places = Array(whole.rows.joined())
    #expect(grid.hasSpans == places.contains { $0.rowSpan > 1 || $0.columnSpan > 1 })
    let head = places.filter { $0.row < whole.headerRows }
    #expect(grid.cutsHead == head.contains { $0.row + $0.rowSpan > whole.headerRows })
    #expect(grid.parts.map { $0.element } == whole.parts.map { $0.element })
    #expect(grid.parts.map { $0.range } == whole.parts.map { $0.range })
    #expect(Self.told(try Self.all(grid)) == rows)
    for _ in 0..<20 where !rows.isEmpty {
      let start = Int.random(in: 0..<rows.count, using: &random)
      let end = Int.random(in: start...rows.count, using: &random)
      #expect(Self.told(try grid.rows(start..<end)) == Array(rows[start..<end]), "\(start)..<\(end)")
    }
    #expect(Self.told(try Self.all(grid)) == rows)
  }

  /// Cells at any places, of any spans, some over each other, some beyond the table.
  private static func table(_ random: inout SeededGenerator) -> ElementTable {
    let (rows, columns) = (Int.random(in: 0...4, using: &random), Int.random(in: 1...4, using: &random))
    let cells = (0..<Int.random(in: 0...14, using: &random)).map { index in
      MadeTable.cell(
        Int.random(in: 0...4, using: &random), Int.random(in: 0...4, using: &random),
        "w\(index)" + (Int.random(in: 0..<3, using: &random) == 0 ? "-" : ""),
        rows: Int.random(in: 1...3, using: &random), columns: Int.random(in: 1...3, using: &random),
        header: Bool.random(using: &random))
    }
    return ElementTable(
      index: 0, rows: rows, columns: columns, headerRows: Int.random(in: 0...3, using: &random),
      stubColumns: Int.random(in: 0...2, using: &random), cells: cells)
  }
}

/// The same table put together in memory, in the plainest way.
private struct WholeTable {
  let columns: Int
  private let head: Int
  private(set) var rows: [[TableGrid.Place]] = []
  private(set) var parts: [ElementStretch] = []

  var headerRows: Int { min(head, rows.count) }

  init(_ tables: [ElementTable]) {
    columns = tables.map { $0.columns }.max() ?? 0
    head = tables.first?.headerRows ?? 0
  }

  mutating func append(_ table: ElementTable, _ join: ReadingEntry.Join?, _ id: ElementID) {
    guard table.rows > 0 else { return }
    let skipped = join?.repeatsHeader ?? false ? min(table.headerRows, table.rows) : 0
    let mends = join?.mendsRow ?? false && !rows.isEmpty
    let base = rows.count - (mends ? 1 : 0)
    var taken: Set<[Int]> = []
    var added = [[TableGrid.Place]](repeating: [], count: table.rows - skipped)
    for cell in table.cells where cell.row < table.rows && cell.column < columns {
      let top = max(cell.row - skipped, 0)
      var bottom = min(cell.row + cell.rowSpan, table.rows) - skipped
      if mends, top == 0 { bottom = min(bottom, 1) }
      let right = min(cell.column + cell.columnSpan, columns)
      guard top < bottom else { continue }
      let area = (top..<bottom).flatMap { row in (cell.column..<right).map { [row, $0] } }
      guard taken.isDisjoint(with: area) else { continue }
      taken.formUnion(area)
      added[top].append(
        TableGrid.Place(
          row: base + top, column: cell.column, rowSpan: bottom - top, columnSpan: right - cell.column,
          header: cell.header, text: cell.runs.map { InlineRun($0, of: id) }.oneLine, box: cell.box, page: id.page))
    }
    for row in added.indices {
      for column in 0..<columns where !taken.contains([row, column]) {
        added[row].append(
          TableGrid.Place(
            row: base + row, column: column, rowSpan: 1, columnSpan: 1, header: false, text: [], box: nil,
            page: id.page))
      }
      added[row].sort { $0.column < $1.column }
    }
    if mends, let rest = added.first {
      added.removeFirst()
      for part in rest where !part.text.isEmpty {
        for row in rows.indices.reversed() {
          let over = rows[row].firstIndex { ($0.column..<($0.column + $0.columnSpan)).contains(part.column) }
          guard let over else { continue }
          rows[row][over].text = rows[row][over].text.goingOn(with: part.text)
          break
        }
      }
    }
    rows += added
    parts.append(ElementStretch(element: id, range: base..<max(rows.count, base)))
  }
}

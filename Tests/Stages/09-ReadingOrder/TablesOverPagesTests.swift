import Contracts
import DocumentModel
import StageKit
import TestSupport
import Testing

@testable import ReadingOrder

@Suite("Tables over pages")
struct TablesOverPagesTests {
  @Test("a table goes on over the page, its header told once")
  func tables() throws {
    var pages = PagesBuilder()
    let first = pages.table([["Name", "Sum"], ["a", "1"]], page: 1, top: 400, bottom: 750, headerRows: 1)
    let second = pages.table([["NAME", "Sum"], ["b", "2"]], page: 2, top: 60, bottom: 760, headerRows: 1)
    let third = pages.table([["c", "3"]], page: 3, top: 60, bottom: 200)
    let output = try pages.read()
    #expect(output.entries.map(\.elements) == [[first, second, third]])
    #expect(output.entries[0].joins == [.rowsRepeatingHeader, .rows])
  }

  /// A table of two pages; how its second part goes on with the first.
  private func joins(_ above: [[String]], _ below: [[String]], headerRows: Int = 0) throws -> [ReadingEntry.Join] {
    var pages = PagesBuilder()
    pages.table([["Place", "Findings"]] + above, page: 1, top: 400, bottom: 750, headerRows: 1)
    pages.table(below, page: 2, top: 60, bottom: 760, headerRows: headerRows)
    return try pages.read().entries[0].joins
  }

  @Test("a row that a page's end cuts goes on where the next page begins")
  func cutRows() throws {
    let above = [["Mill", "The weir is old."], ["Ford", "The water rises in winter and"]]
    let rest = [["", "falls again."], ["Bridge", "Nothing."]]
    #expect(try joins(above, rest) == [.cells])
    #expect(try joins(above, [["Place", "Findings"]] + rest, headerRows: 1) == [.cellsRepeatingHeader])
    // Several pages, of which one may hold nothing but a part of the row.
    var pages = PagesBuilder()
    pages.table([["Place", "Findings"]] + above, page: 1, top: 400, bottom: 750, headerRows: 1)
    pages.table([["", "falls, and rises once more and"]], page: 2, top: 60, bottom: 760)
    pages.table(rest, page: 3, top: 60, bottom: 700)
    #expect(try pages.read().entries[0].joins == [.cells, .cells])
  }

  @Test("a row that begins with the page is no rest of another")
  func wholeRows() throws {
    let above = [["Mill", "The weir is old."], ["Ford", "The water rises in winter and"]]
    #expect(try joins(above, [["Bridge", "falls again, as it did before."]]) == [.rows])
    // Sums have no name, and are no text.
    #expect(try joins([["Mill", "1,200"], ["Ford", "1,300"]], [["", "2,500"]]) == [.rows])
    // Groups whose rows have no names of their own.
    #expect(try joins(above + [["", "and more of the same"]], [["", "falls again."]]) == [.rows])
    #expect(try joins(above, [["", "falls again."], ["", "rises again."]]) == [.rows])
    // Single words are no running text.
    #expect(try joins([["Fruit", "apples"]], [["", "pears"]]) == [.rows])
  }

  @Test("cells that an edit lets reach anywhere end with their table")
  func farCells() {
    let box = BoundingBox(left: 0, top: 0, right: 1, bottom: 1)
    let run = TextRun(text: "far", words: [], starts: [])
    let cells = [(1, Int.max), (Int.max, 1), (0, 1)].map {
      ElementCell(row: $0.0, column: 0, rowSpan: $0.1, box: box, runs: [run])
    }
    let table = ElementTable(index: 0, rows: 2, columns: 1, headerRows: 0, stubColumns: 0, cells: cells)
    #expect(!RowEnd(table).goesOn(in: table))
    #expect(TableRows(table, after: .cells).rows.count == 2)
  }

  @Test(
    "a caption that says so goes on with its table, one with such letters does not",
    arguments: [
      ("Table 4 (continued)", true), ("Table 4, cont.", true), ("Table 4 Continued", true), ("Table 4 cont'd", true),
      ("Table 4 – continued from previous page", true), ("Table 4 (continued from page 3): Sums", true),
      ("Table 4. Sums by region, continued", true), ("Table 4 continued: Sums", true), ("Tableau 2 (suite)", true),
      ("Tableau 2, suite", true), ("Tabelle 2 – Fortsetzung", true), ("续表 3", true), ("表3（续）", true),
      ("Table 5: Contents of the box", false), ("Table 5. Control group", false), ("Table 5: Contribution", false),
      ("Table 5: The test suite", false), ("Table 5. Suite of tests", false), ("表4 手续费", false),
    ])
  func continued(caption: String, says: Bool) throws {
    #expect(ContinuedCaption.says(caption) == says)
    var pages = PagesBuilder()
    pages.table([["Name", "Sum"], ["a", "1"]], page: 1, top: 400, bottom: 750, headerRows: 1)
    pages.text(.caption, caption, page: 2, y: 40, captionOf: 1)
    pages.table([["Name", "Sum"], ["b", "2"]], page: 2, top: 60, bottom: 200, headerRows: 1)
    #expect(try pages.read().entries.contains { $0.elements.count > 1 } == says)
  }

  @Test("another table is another table")
  func otherTables() throws {
    func joined(_ change: (inout PagesBuilder) -> Void) throws -> Bool {
      var pages = PagesBuilder()
      pages.table([["Name", "Sum"], ["a", "1"]], page: 1, top: 400, bottom: 750, headerRows: 1)
      change(&pages)
      return try pages.read().entries.contains { $0.elements.count > 1 }
    }
    #expect(try joined { $0.table([["b", "2"]], page: 2, top: 60, bottom: 200) })
    #expect(try !joined { $0.table([["b", "2", "x"]], page: 2, top: 60, bottom: 200) })
    #expect(try !joined { $0.table([["b", "2"]], page: 2, top: 60, bottom: 200, share: 0.8) })
    #expect(try !joined { $0.table([["b", "2"]], page: 2, top: 60, bottom: 200, width: 300) })
    // The same names again say more than places do.
    let names = ["Name", "Sum"]
    #expect(
      try joined {
        $0.table([names, ["b", "2"]], page: 2, top: 60, bottom: 200, headerRows: 1, share: 0.8, width: 300)
      })
    #expect(try !joined { $0.table([["Other", "Head"], ["b", "2"]], page: 2, top: 60, bottom: 200, headerRows: 1) })
    #expect(try !joined { $0.table([["b", "2"]], page: 2, top: 500, bottom: 700) })
    #expect(
      try !joined {
        $0.text(.paragraph, "Text.", page: 2, y: 20); $0.table([["b", "2"]], page: 2, top: 60, bottom: 200)
      })
    #expect(
      try !joined {
        $0.table([["b", "2"]], page: 2, top: 60, bottom: 200)
        $0.text(.caption, "Table 2: Others", page: 2, y: 40, captionOf: 0)
      })
    #expect(
      try joined {
        $0.table([["b", "2"]], page: 2, top: 60, bottom: 200)
        $0.text(.caption, "Table 1 (continued)", page: 2, y: 40, captionOf: 0)
      })
  }
}

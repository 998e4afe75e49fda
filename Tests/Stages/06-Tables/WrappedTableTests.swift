import Contracts
import DocumentModel
import Testing

@testable import Tables

/// Tables without rules whose cells hold several lines.
struct WrappedTableTests {
  private enum Place { case top, middle }

  /// Sets rows as browsers do: as high as their highest cell, a little white between them.
  ///
  /// - Parameter rows: for each row its cells, for each cell its lines.
  /// - Parameter white: points between rows, beside the leading of 12.
  /// - Returns: the y below the last row.
  private func set(
    _ rows: [[[String]]], at xs: [Double], from y: Double = 100, white: Double = 3, place: Place = .middle,
    bold: Bool = true, on page: inout PageSketch
  ) -> Double {
    var y = y
    for (index, row) in rows.enumerated() {
      let most = row.map(\.count).max() ?? 0
      for (x, lines) in zip(xs, row) {
        let down = place == .middle ? 6 * Double(most - lines.count) : 0
        for (line, text) in lines.enumerated() {
          page.text(text, x: x, y: y + down + 12 * Double(line), font: index == 0 && bold ? 1 : 0)
        }
      }
      y += 12 * Double(most) + white
    }
    return y
  }

  private let packages = [
    [["Name"], ["Used"], ["Size"], ["What it does"]],
    [["tar"], ["V:920,", "I:999"], ["3144"], ["packs files as it always", "did, and unpacks them"]],
    [
      ["cpio"], ["V:416,", "I:998"], ["1141"],
      ["the same for systems that", "are older still, and so are", "those who use them"],
    ],
    [["pax"], ["V:10"], ["170"], ["does both"]],
    [["gzip"], ["V:882,", "I:999"], ["252"], ["makes them smaller"]],
    [["bzip"], ["V:161"], ["121"], ["makes them smaller still,", "and takes its time"]],
  ]

  private var packagePicture: [[String]] { packages.map { $0.map { $0.joined(separator: " ") } } }

  @Test("cells in the middle of their rows are read by row, however near the columns are to each other")
  func middleAligned() throws {
    var page = PageSketch()
    _ = set(packages, at: [60, 83, 116, 140], on: &page)
    let tables = try page.tables().tables
    #expect(tables.map(\.picture) == [packagePicture])
    #expect(tables.first?.headerRows == 1)
    #expect(tables.allSatisfy { $0.isCoveredOnce })
  }

  @Test("rows set at the leading of their lines are told by lines that had room above")
  func tightRows() throws {
    let rows = [
      [["System"], ["Kind"], ["Notes"]], [["Linux"], ["x64"], ["kernel four and", "newer"]],
      [["Linux"], ["armv7"], ["old"]], [["Windows"], ["x64, x86", "(both)"], ["ten"]],
      [["macOS"], ["x64"], ["not tested since", "the spring"]], [["AIX"], ["ppc64"], [""]],
    ]
    var page = PageSketch()
    _ = set(rows, at: [60, 150, 240], white: 0, place: .top, on: &page)
    #expect(try page.tables().tables.map(\.picture) == [rows.map { $0.map { $0.joined(separator: " ") } }])
  }

  @Test("names in the middle of columns, beside all that is flush there, are their names")
  func centredNames() throws {
    var page = PageSketch()
    page.text("Phase", x: 105, y: 100, font: 1)
    page.text("Work", x: 220, y: 100, font: 1)
    page.text("Fee", x: 342, y: 100, font: 1)
    let rows = [
      [["One"], ["Review of the timetables", "and of what the crews said"], ["4,800"]],
      [["Two"], ["A model of demand by route", "and season, with its data", "and a note on both"], ["9,250"]],
      [["Three"], ["Training"], ["2,100"]],
    ]
    _ = set(rows, at: [60, 155, 330], from: 115, bold: false, on: &page)
    #expect(
      try page.tables().tables.map(\.picture) == [
        [["Phase", "Work", "Fee"]] + rows.map { $0.map { $0.joined(separator: " ") } }
      ])
  }

  /// Sentences whose words no line ends with.
  private func lines(_ count: Int, of text: String = "The water rises in winter and") -> [String] {
    (0..<count).map { $0 + 1 == count ? "falls again." : text }
  }

  @Test("cells of a line or two are read beside cells of many lines, and rules between the rows change nothing")
  func longCells() throws {
    let rows = [
      [["Station"], ["Findings"], ["Measures"]], [["Upper", "mill"], lines(14), lines(3, of: "The weir is")],
      [["Bridge"], lines(9), lines(12, of: "A gauge is")], [["Ford"], lines(13), lines(2, of: "Nothing to")],
    ]
    for isRuled in [false, true] {
      var page = PageSketch()
      var y = 100.0
      for (index, row) in rows.enumerated() {
        y = set([row], at: [60, 150, 330], from: y, white: 6, place: .top, bold: index == 0, on: &page)
        if isRuled { page.horizontal(y - 4, 55, 420) }
      }
      let tables = try page.tables().tables
      #expect(tables.map(\.picture) == [rows.map { $0.map { $0.joined(separator: " ") } }])
      #expect(tables.first?.headerRows == 1)
    }
  }

  @Test("headings above and text below are not of such a table")
  func textAround() throws {
    var page = PageSketch()
    page.text("Programs that pack", x: 60, y: 70, em: 12, font: 1)
    let end = set(packages, at: [60, 95, 140, 180], on: &page)
    page.text("All of them are free, and none of them is new.", x: 60, y: end + 12)
    page.text("Whoever needs more should look for what is sold in boxes.", x: 60, y: end + 24)
    #expect(try page.tables().tables.map(\.picture) == [packagePicture])
  }

  @Test("a list of long items is no such table", arguments: ["•", "1.", "(a)"])
  func list(marker: String) throws {
    var page = PageSketch()
    let items = [
      ["A frame of unknown type", "must be ignored"], ["A frame that is too long", "is dropped, and counted"],
      ["The device then sleeps"], ["After an hour it says so", "to all that listen"],
    ]
    _ = set(items.map { [[marker], $0] }, at: [60, 80], place: .top, bold: false, on: &page)
    #expect(try page.tables().tables.isEmpty)
  }

  @Test("text in two columns is no such table, though its paragraphs begin side by side")
  func prose() throws {
    let left = [
      "The river ran down to the old", "mill, and nobody who lived", "there knew when it had last",
      "stood still for a winter.",
    ]
    let right = [
      "The oldest of them could tell", "of ice that bore a cart with", "two horses and a load of hay",
      "from bank to bank.",
    ]
    var page = PageSketch()
    page.columns = [
      BoundingBox(left: 60, top: 90, right: 220, bottom: 400), BoundingBox(left: 240, top: 90, right: 400, bottom: 400),
    ]
    var y = 100.0
    for part in 0..<4 {
      y = set(
        [[part % 2 == 0 ? left : Array(left.dropFirst()), right]], at: [60, 240], from: y, white: 6, place: .top,
        bold: false, on: &page)
    }
    #expect(try page.tables().tables.isEmpty)
  }

  @Test("labels with their values are no such table with the address beside them")
  func addressBeside() throws {
    var page = PageSketch()
    let pairs = [
      ("Invoice Date", "11/03/2026"), ("Payment Terms", "30% in advance, rest in 30 days"), ("Due Date", "12/03/2026"),
      ("Your Reference", "ORDER 0832"), ("Agreement", "FRAME 2026"), ("Terms of trade", "delivered, duty unpaid"),
    ]
    for (row, pair) in pairs.enumerated() {
      page.text(pair.0, x: 60, y: 100 + 16 * Double(row))
      page.text(pair.1, x: 160, y: 100 + 16 * Double(row))
    }
    for (row, line) in ["Sales Contact", "Tony Dubois", "+33 4 72 07 08 56", "+33 6 11 22 33 44", "tony@example.com"]
      .enumerated()
    {
      page.text(line, x: 360, y: 100 + (row == 0 ? 0 : 8 + 12 * Double(row)), font: row == 0 ? 1 : 0)
    }
    #expect(!(try page.tables().tables.contains { $0.cells.contains { $0.text.contains("Terms Due") } }))
  }

  @Test("an address beside labels with their values is a form")
  func letterhead() throws {
    var page = PageSketch()
    for (row, line) in ["Claire Dunphy", "Test Street 5", "12345 Town"].enumerated() {
      page.text(line, x: 60, y: 100 + 14 * Double(row))
    }
    page.text("Contract:", x: 200, y: 95)
    page.text("12345", x: 300, y: 95)
    for (row, pair) in [("Contact:", "Jay Pritchet"), ("Telephone:", "123456"), ("Mail:", "jay@example.com")]
      .enumerated()
    {
      page.text(pair.0, x: 200, y: 121 + 12 * Double(row))
      page.text(pair.1, x: 300, y: 121 + 12 * Double(row))
    }
    let words = page.words.enumerated().map {
      TableWord(index: $0.offset, text: $0.element.text, box: $0.element.box, size: 10)
    }
    let areas = WrappedAreas.areas(words)
    let readings = try areas.flatMap { try WrappedGrid.grids($0, budget: ReadingBudget()) }
    #expect(!readings.isEmpty && readings.allSatisfy { $0.isForm })
    // Each reading is charged, those of an area's parts as well.
    #expect(try areas.allSatisfy { try WrappedGrid.grids($0, budget: ReadingBudget(words: words.count - 1)).isEmpty })
  }

  @Test("the heading of a section is not of the terms below it, and names no columns", arguments: ["13.2.3", "2.1"])
  func sectionAbove(number: String) throws {
    var page = PageSketch()
    page.text(number, x: 60, y: 70, em: 12, font: 1)
    page.text("Shell state", x: 110, y: 70, em: 12, font: 1)
    let rows = [
      [["Quay"], ["where ships lie, and where", "those who wait for them sit"]], [["Lamp"], ["what burns at night"]],
      [["Rope"], ["what holds a ship to the quay", "until it is cut"]], [["Anchor"], ["what holds it elsewhere"]],
    ]
    _ = set(rows, at: [60, 130], from: 90, place: .top, bold: false, on: &page)
    let tables = try page.tables().tables
    #expect(tables.map(\.picture) == [rows.map { $0.map { $0.joined(separator: " ") } }])
    #expect(tables.map(\.headerRows) == [0])
  }

  @Test("names side by side with what they are, set in common type without a rule, are no such table")
  func pairs() throws {
    var page = PageSketch()
    let rows = [
      [["Quay"], ["where ships lie, and where", "those who wait for them sit"]], [["Lamp"], ["what burns at night"]],
      [["Rope"], ["what holds a ship to the quay", "until it is cut"]], [["Anchor"], ["what holds it elsewhere"]],
    ]
    _ = set(rows, at: [60, 130], place: .top, bold: false, on: &page)
    let found = try page.tables().tables
    #expect(found.allSatisfy { $0.confidence.value < 0.7 })
  }
}

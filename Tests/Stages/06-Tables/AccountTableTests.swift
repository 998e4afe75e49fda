import Contracts
import DocumentModel
import Testing

@testable import Tables

@Suite("Tables of statements, accounts and price lists")
struct AccountTableTests {
  private func row(_ page: inout PageSketch, _ cells: [String], at xs: [Double], y: Double, font: Int = 0) {
    for (column, text) in cells.enumerated() where !text.isEmpty {
      page.text(text, x: xs[column], y: y, anchor: column == 0 ? .left : .right, font: font)
    }
  }

  @Test(
    "a heading in larger type between tables of like columns parts them, and leads to the text below it",
    arguments: [false, true])
  func headingBetween(isText: Bool) throws {
    var page = PageSketch()
    let xs = [80.0, 260, 340, 420]
    for (index, top) in [100.0, 220].enumerated() {
      row(&page, ["Station", "7001", "7003", "7005"], at: xs, y: top, font: 1)
      for step in 1...4 {
        row(&page, ["Stop \(step)", "05:1\(step)", "06:1\(step)", "07:1\(step)"], at: xs, y: top + 16 * Double(step))
      }
      if index == 0 { continue }
      page.text("Saturdays", x: 76, y: 186, em: 12, font: 1)
      if isText { page.text("Trains on the days before holidays run as they do here", x: 80, y: 203) }
      page.regions = [
        Region(
          kind: .heading, box: BoundingBox(left: 76, top: 186, right: 140, bottom: 198), lines: [], confidence: .certain
        )
      ]
    }
    let tables = try page.tables().tables
    #expect(tables.map(\.rows) == [5, 5])
    #expect(tables.map { $0.picture.first?.first } == ["Station", "Station"])
  }

  @Test("a currency at its column's left is of the number to its right, however far it is from it")
  func currencies() throws {
    var page = PageSketch()
    let xs = [80.0, 260, 350, 440]
    row(&page, ["", "2025", "2024", "2023"], at: xs, y: 100)
    row(&page, ["Americas", "7,411", "6,830", "377"], at: xs, y: 116)
    for x in [193.0, 274, 364] { page.text("$", x: x, y: 116) }
    row(&page, ["Europe", "4,902", "4,611", "702"], at: xs, y: 132)
    row(&page, ["Other", "(148)", "768", "(178)"], at: xs, y: 148)
    let table = try #require(try page.tables().tables.first)
    #expect(table.picture[1] == ["Americas", "$ 7,411", "$ 6,830", "$ 377"])
  }

  @Test("headings in the middle of two columns each stand above their names, though these are set to one side")
  func headingsOverPairs() throws {
    var page = PageSketch()
    let xs = [80.0, 220, 300, 400, 480]
    page.text("Net sales", x: 240, y: 100, anchor: .center)
    page.text("Income", x: 422, y: 100, anchor: .center)
    row(&page, ["Segment", "2025", "2024", "2025", "2024"], at: xs, y: 114)
    for (index, name) in ["Americas", "Europe", "Asia"].enumerated() {
      row(
        &page, [name, "17,41\(index)", "16,83\(index)", "11,70\(index)", "11,37\(index)"], at: xs,
        y: 130 + 16 * Double(index))
    }
    let table = try #require(try page.tables().tables.first)
    #expect(table.headerRows == 2)
    #expect(table.picture[0] == ["Segment", "Net sales", "<", "Income", "<"])
    #expect(table.picture[1] == ["^", "2025", "2024", "2025", "2024"])
  }

  @Test("years name the columns, though the label of the first group stands between them and the numbers")
  func yearsAboveLabel() throws {
    var page = PageSketch()
    let xs = [80.0, 260, 340]
    row(&page, ["", "2025", "2024"], at: xs, y: 100)
    row(&page, ["Net sales:", "", ""], at: xs, y: 116)
    for (index, name) in ["Products", "Services", "Total"].enumerated() {
      row(&page, [name, "12,90\(index)", "12,11\(index)"], at: xs, y: 132 + 16 * Double(index))
    }
    let table = try #require(try page.tables().tables.first)
    #expect(table.headerRows == 1 && table.rows == 5)
  }

  /// A price list with a rule below each row but those of a few pale ones, and labels of groups.
  private func prices(unseen: Set<Int>) -> PageSketch {
    var page = PageSketch()
    let xs = [80.0, 260, 340, 440]
    row(&page, ["Order code", "Size", "Pack of", "Price"], at: xs, y: 100)
    let rows = [
      ["Hex bolts, steel, zinc plated"], ["HB-20", "M6", "200", "4.85"], ["HB-30", "M6", "200", "5.40"],
      ["HB-25", "M8", "100", "5.10"], ["HB-40", "M8", "100", "6.75"], ["HB-50", "M10", "50", "7.90"], ["Hex nuts"],
      ["HN-6", "M6", "500", "3.20"], ["HN-8", "M8", "250", "3.65"], ["HN-10", "M10", "100", "2.95"],
    ]
    for (index, cells) in rows.enumerated() {
      let y = 120 + 20 * Double(index)
      row(&page, cells, at: xs, y: y)
      if !unseen.contains(index) { page.horizontal(y + 15, 75, 445) }
    }
    return page
  }

  @Test("rows are as far apart where a pale rule was not seen as where one was")
  func unseenRules() throws {
    let picture = try #require(try prices(unseen: [1, 5]).tables().tables.first).picture
    #expect(picture == (try prices(unseen: []).tables().tables.first).map(\.picture))
    #expect(
      picture.map { $0[0] }.suffix(9) == [
        "HB-20", "HB-30", "HB-25", "HB-40", "HB-50", "Hex nuts", "HN-6", "HN-8", "HN-10",
      ])
  }

  @Test("the label of the first group under the first rule is a row, and the names above it are the header")
  func labelBelowNames() throws {
    let table = try #require(try prices(unseen: []).tables().tables.first)
    #expect(table.headerRows == 1 && table.rows == 11)
    #expect(table.picture[0] == ["Order code", "Size", "Pack of", "Price"])
    #expect(table.picture[1][0] == "Hex bolts, steel, zinc plated")
  }

  @Test("two tables side by side are two where every rule ends at the white between them, with a title each or without")
  func sideBySide() throws {
    for (isTitled, isRegion) in [(false, false), (true, false), (true, true)] {
      var page = PageSketch()
      if isRegion {
        let box = BoundingBox(left: 80, top: 82, right: 550, bottom: 164)
        page.regions = [Region(kind: .table, box: box, lines: [], confidence: .certain)]
      }
      for (side, x) in [0.0, 238].enumerated() {
        let xs = [80.0, 220, 290].map { $0 + x }
        if isTitled { page.text(["Imports", "Exports"][side], x: xs[0], y: 82, font: 1) }
        row(&page, ["Goods", "Tonnes", "Share"], at: xs, y: 100, font: 1)
        for step in 1...(4 + side) {
          row(&page, ["Kind \(step)", "\(step)1,200", "\(step)8 %"], at: xs, y: 100 + 14 * Double(step))
        }
        for step in 0...(4 + side) { page.horizontal(112 + 14 * Double(step), xs[0] - 4, xs[2] + 4) }
      }
      let tables = try page.tables().tables
      #expect(tables.map(\.columns) == [3, 3])
      #expect(tables.first?.cells.contains { $0.text == "18 %" } == true)
      #expect(tables.last?.cells.contains { $0.text == "58 %" } == true)
    }
  }

  @Test("columns of numbers that are underlined one by one are one table")
  func underlinedColumns() throws {
    var page = PageSketch()
    let xs = [80.0, 260, 350, 440]
    row(&page, ["", "2025", "2024", "2023"], at: xs, y: 100)
    for step in 1...4 {
      row(&page, ["Kind \(step)", "\(step)1,200", "\(step)1,900", "\(step)2,400"], at: xs, y: 104 + 14 * Double(step))
    }
    row(&page, ["Total", "104,800", "107,600", "109,600"], at: xs, y: 180)
    for y in [113.0, 175, 193] { for x in xs.dropFirst() { page.horizontal(y, x - 50, x) } }
    #expect(try page.tables().tables.map(\.columns) == [4])
  }
}

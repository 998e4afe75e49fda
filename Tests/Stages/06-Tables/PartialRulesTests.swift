import Contracts
import DocumentModel
import Testing

@testable import Tables

struct PartialRulesTests {
  private func sketch(_ rows: [[String]], xs: [Double], rules: [Double], to right: Double) -> PageSketch {
    var sketch = PageSketch()
    for (row, cells) in rows.enumerated() {
      for (column, text) in cells.enumerated() where !text.isEmpty {
        sketch.text(
          text, x: xs[column], y: 105 + 20 * Double(row), anchor: column > 1 ? .right : .left, font: row == 0 ? 1 : 0)
      }
    }
    for y in rules { sketch.horizontal(y, 95, right) }
    return sketch
  }

  @Test("sums below the last rule are of the table")
  func sumsBelowTheLastRule() throws {
    let rows = [
      ["Region", "Manager", "First", "Second"], ["North", "Alice Harper", "1,204", "1,310"],
      ["South", "Benjamin Cole", "987", "1,012"], ["East", "Carla Mendes", "1,530", "1,498"],
      ["Total", "", "3,721", "3,820"],
    ]
    let page = sketch(rows, xs: [100, 180, 330, 400], rules: [120, 180], to: 405)
    #expect(try page.tables().tables.map(\.picture) == [rows])
  }

  @Test("a table of which only some rules were seen is whole")
  func someRulesSeen() throws {
    let rows = [
      ["Name", "Office", "Begin", "Mail"], ["Airi Satou", "Tokyo", "2018-11-28", "satou@example.org"],
      ["Ashton Cox", "London", "2020-01-12", "cox@example.org"],
      ["Bradley Greer", "London", "2022-10-13", "greer@example.org"],
      ["Cara Stevens", "Lima", "2017-12-06", "stevens@example.org"],
      ["Dai Rios", "Oslo", "2023-09-26", "rios@example.org"],
    ]
    let page = sketch(rows, xs: [100, 190, 330, 460], rules: [140, 160, 180, 200], to: 470)
    let found = try page.tables().tables.map(\.picture)
    #expect(found == [rows])
  }

  @Test("the sums of an invoice between rules of their own are of its table")
  func ruledSums() throws {
    let rows = [
      ["#", "Item", "Qty", "Unit price", "Amount"], ["1", "Office chair, black", "4", "$189.00", "$756.00"],
      ["2", "Standing desk 160 cm", "2", "$420.50", "$841.00"], ["3", "Monitor arm, dual", "6", "$74.25", "$445.50"],
      ["4", "Cable tray with screws", "10", "$12.80", "$128.00"],
    ]
    let sums = [("Subtotal", "$2,170.50"), ("VAT 20%", "$434.10"), ("Total due", "$2,604.60")]
    var page = sketch(rows, xs: [100, 120, 270, 340, 410], rules: [120], to: 415)
    for (row, sum) in sums.enumerated() {
      let y = 205 + 20 * Double(row)
      page.text(sum.0, x: 340, y: y, anchor: .right)
      page.text(sum.1, x: 410, y: y, anchor: .right)
      page.horizontal(y - 5, 95, 415)
    }
    let found = try page.tables().tables.map { $0.cells.map(\.text).filter { !$0.isEmpty } }
    #expect(found == [rows.joined() + sums.flatMap { [$0.0, $0.1] }])
  }

  @Test("sums that stand apart below a table with a rule at its end are not of it")
  func sumsApart() throws {
    let rows = [
      ["Qty", "Description", "Price", "Amount"], ["12", "Laid paper, cream", "18.50", "222.00"],
      ["4", "Linen, roll of 5 m", "42.00", "168.00"], ["2", "Bone folder", "7.25", "14.50"],
    ]
    var page = sketch(rows, xs: [100, 130, 310, 400], rules: [120, 180], to: 405)
    for (row, sum) in [("Subtotal", "404.50"), ("VAT 19 %", "76.86"), ("Total due", "481.36")].enumerated() {
      page.text(sum.0, x: 310, y: 205 + 14 * Double(row), anchor: .right)
      page.text(sum.1, x: 400, y: 205 + 14 * Double(row), anchor: .right)
    }
    let found = try page.tables().tables
    #expect(found.first?.picture == rows)
    #expect(found.first?.strategy == .halfRuled)
  }

  @Test("two tables with names between rules, one below the other, stay two")
  func oneBelowTheOther() throws {
    let rows = [
      ["Region", "Manager", "First", "Second"], ["North", "Alice Harper", "1,204", "1,310"],
      ["South", "Benjamin Cole", "987", "1,012"], ["East", "Carla Mendes", "1,530", "1,498"],
    ]
    let blank = ["", "", "", ""]
    let page = sketch(rows + [blank] + rows, xs: [100, 180, 330, 400], rules: [100, 120, 180, 200, 220, 280], to: 405)
    let found = try page.tables().tables.map(\.picture)
    #expect(found == [rows, rows])
  }

  @Test("currencies with a name of their own above are a column")
  func currencies() throws {
    let rows = [
      ["Currency", "Code", "Buy", "Sell"], ["US dollar", "USD", "1.0821", "1.0902"],
      ["Pound sterling", "GBP", "0.8544", "0.8610"], ["Swiss franc", "CHF", "0.9417", "0.9502"],
      ["Polish zloty", "PLN", "4.3050", "4.3720"],
    ]
    #expect(
      try sketch(rows, xs: [100, 190, 250, 310], rules: [], to: 0).tables().tables.map(\.picture) == [rows])
  }

  @Test("a row between rules is one of the table though a name in two lines stands about a long text in one")
  func nameAboutText() throws {
    var page = PageSketch()
    for (text, x) in [("Document", 100.0), ("What it says", 220), ("Year", 550)] {
      page.text(text, x: x, y: 100, font: 1)
    }
    let texts = [
      (["Declaration of", "Independence"], "A statement that says why the colonies are free and go alone now", "1776"),
      (["Bill of", "Rights"], "The first ten changes by which some rights and freedoms are kept", "1791"),
      (["Emancipation", "Proclamation"], "An order that gives to slaves in some of the states their freedom", "1863"),
    ]
    for (row, text) in texts.enumerated() {
      let y = 125 + 50 * Double(row)
      for (line, name) in text.0.enumerated() { page.text(name, x: 100, y: y + 18 * Double(line)) }
      page.text(text.1, x: 220, y: y + 9)
      page.text(text.2, x: 550, y: y + 9)
    }
    for row in 0...3 { page.horizontal(117 + 50 * Double(row), 95, 575) }
    let rows = [["Document", "What it says", "Year"]] + texts.map { [$0.0.joined(separator: " "), $0.1, $0.2] }
    #expect(try page.tables().tables.map(\.picture) == [rows])
  }

  @Test("lines far apart and level in all cells of a ruled row are rows")
  func impliedRows() throws {
    var page = PageSketch()
    let rows = [["Name", "Value"], ["First", "1 kg"], ["Second", "2 kg"], ["Third", "3 kg"], ["Fourth", "4 kg"]]
    let tops = [105.0, 125, 150, 180, 210]
    for (row, y) in zip(rows, tops) {
      page.text(row[0], x: 160, y: y, anchor: .center)
      page.text(row[1], x: 260, y: y, anchor: .center)
    }
    page.grid(xs: [110, 210, 310], ys: [100, 120, 140, 230])
    #expect(try page.tables().tables.map(\.picture) == [rows])
  }

  @Test("a long text that wraps far apart in every cell of a ruled row is no several rows")
  func wrappedFarApart() throws {
    var page = PageSketch()
    page.text("Name", x: 115, y: 105)
    page.text("What it is", x: 215, y: 105)
    for (row, texts) in [
      ("Long name that", "It stands here and"), ("Goes on over", "Reads on below the"),
      ("Three lines", "First two lines"),
    ]
    .enumerated() {
      page.text(texts.0, x: 115, y: 125 + 24 * Double(row))
      page.text(texts.1, x: 215, y: 125 + 24 * Double(row))
    }
    page.grid(xs: [110, 190, 310], ys: [100, 120, 200])
    #expect(try page.tables().tables.map(\.rows) == [2])
  }

  @Test("a sum and a balance below the last of several rules are of the table that ends there")
  func sumsBelowRuledSums() throws {
    let rows = [
      ["Employee", "", "Hrs", "Rate", "Extension"], ["Olive Harper", "", "111.50", "$100.00", "$11,150.00"],
      ["Peter Mill", "", "62.50", "$153.20", "$9,575.00"], ["Howard Lake", "", "62.00", "$130.00", "$8,060.00"],
      ["", "Sub Total:", "236.00", "", "$28,785.00"], ["", "", "Tax:", "", "$980.80"],
    ]
    var page = sketch(rows, xs: [100, 290, 350, 420, 500], rules: [97, 120, 180, 200, 221], to: 505)
    for (row, sum) in [("Invoice Total:", "$29,765.80"), ("Retainer Balance", "$15,000.00")].enumerated() {
      page.text(sum.0, x: 350, y: 226 + 20 * Double(row), em: 10, anchor: .right)
      page.text(sum.1, x: 500, y: 226 + 20 * Double(row), anchor: .right)
    }
    let found = try page.tables().tables
    #expect(found.count == 1)
    #expect(found.first?.cells.contains { $0.text == "$15,000.00" } == true)
  }
}

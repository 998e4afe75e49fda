import Contracts
import DocumentModel
import Testing

@testable import Tables

/// Pages that only look like tables.
struct NoTable: Sendable, CustomTestStringConvertible {
  let name: String
  let sketch: @Sendable () -> PageSketch
  /// What the refusal must say, where the area is one that is tried at all.
  let reason: RefusedTable.Reason?

  var testDescription: String { name }

  private static let sentences = [
    "The river ran down to the old mill", "and nobody who lived there knew when",
    "it had last stood still for as long as",
    "a winter, though the oldest of them", "could tell of ice that bore a cart", "with two horses and a load of hay",
    "from one bank to the other and back", "before the bells rang in the village",
    "and all the children ran to see it.",
  ]

  static let all: [NoTable] = [
    NoTable(
      name: "prose in two columns",
      sketch: {
        var page = PageSketch()
        for (row, sentence) in sentences.enumerated() {
          page.text(sentence, x: 60, y: 100 + 12 * Double(row))
          page.text(sentences[(row + 4) % sentences.count], x: 320, y: 100 + 12 * Double(row))
        }
        return page
      }, reason: .prose),
    NoTable(
      name: "what a program printed, in a frame",
      sketch: {
        var page = PageSketch()
        for (row, sentence) in sentences.enumerated() { page.text(sentence, x: 60, y: 500 + 12 * Double(row)) }
        for (row, texts) in [
          ("START", "LENGTH", "PAYLOAD"), ("1 byte", "1 byte", "n bytes"), ("first", "second", "third"),
          ("always", "counted", "any"),
        ].enumerated() {
          for (x, text) in [(70.0, texts.0), (170, texts.1), (270, texts.2)] {
            page.text(text, x: x, y: 100 + 12 * Double(row), font: 2)
          }
        }
        page.grid(xs: [60, 540], ys: [92, 152])
        return page
      }, reason: .code),
    NoTable(
      name: "a bulleted list",
      sketch: {
        var page = PageSketch()
        for (row, sentence) in sentences.prefix(6).enumerated() {
          page.text("•", x: 60, y: 100 + 14 * Double(row))
          page.text(sentence, x: 80, y: 100 + 14 * Double(row))
        }
        return page
      }, reason: .list),
    NoTable(
      name: "a list below its title in a frame",
      sketch: {
        var page = PageSketch()
        page.text("Key messages", x: 64, y: 100, font: 1)
        for (row, sentence) in sentences.prefix(3).enumerated() {
          page.text("•", x: 64, y: 116 + 14 * Double(row))
          page.text(sentence, x: 80, y: 116 + 14 * Double(row))
        }
        page.grid(xs: [56, 400], ys: [92, 170])
        return page
      }, reason: .tooFewCells),
    NoTable(
      name: "a numbered list",
      sketch: {
        var page = PageSketch()
        for row in 0..<6 {
          page.text("\(row + 1).", x: 60, y: 100 + 14 * Double(row))
          page.text(sentences[row], x: 85, y: 100 + 14 * Double(row))
        }
        return page
      }, reason: .list),
    NoTable(
      name: "a table of contents between two rules",
      sketch: {
        var page = PageSketch()
        for (row, title) in ["Licence", "Terms", "Warranty", "Installation", "Needs", "Start"].enumerated() {
          let y = 100 + 14 * Double(row)
          page.text("\(row + 1) \(title)", x: 60, y: y)
          for dot in 0..<40 { page.text(".", x: 150 + 8 * Double(dot), y: y) }
          page.text("\(3 * row + 1)", x: 500, y: y, anchor: .right)
        }
        for y in [80.0, 190] { page.horizontal(y, 55, 505) }
        return page
      }, reason: .list),
    NoTable(
      name: "a form of names and values",
      sketch: {
        var page = PageSketch()
        let fields = [
          ("Name:", "Ann Smith"), ("Street:", "Long Lane 5"), ("Town:", "Newport"), ("Date:", "3 May"),
          ("Phone:", "555 0199"),
        ]
        for (row, field) in fields.enumerated() {
          page.text(field.0, x: 60, y: 100 + 16 * Double(row))
          page.text(field.1, x: 160, y: 100 + 16 * Double(row))
        }
        return page
      }, reason: .form),
    NoTable(
      name: "a table of contents",
      sketch: {
        var page = PageSketch()
        for row in 0..<6 {
          page.text("Chapter of many things ........................", x: 60, y: 100 + 14 * Double(row))
          page.text("\(10 * row + 3)", x: 400, y: 100 + 14 * Double(row), anchor: .right)
        }
        return page
      }, reason: .list),
    NoTable(
      name: "contents without dots below the heading that names them",
      sketch: {
        var page = PageSketch()
        page.text("Contents", x: 60, y: 80, em: 14, font: 1)
        for (row, title) in ["Licence", "Installation", "Needs", "Use", "Questions"].enumerated() {
          page.text("\(row + 1)", x: 60, y: 105 + 18 * Double(row), font: 1)
          page.text(title, x: 80, y: 105 + 18 * Double(row), font: 1)
          page.text("\(3 * row + 1)", x: 500, y: 105 + 18 * Double(row), anchor: .right, font: 1)
        }
        return page
      }, reason: .list),
    NoTable(
      name: "code in a fixed pitch",
      sketch: {
        var page = PageSketch()
        for (row, line) in [
          ("if x {", "// first"), ("y = f(x);", "// then"), ("return y;", "// last"), ("}", "// done"),
        ].enumerated() {
          page.text(line.0, x: 60, y: 100 + 12 * Double(row), font: 2)
          page.text(line.1, x: 200, y: 100 + 12 * Double(row), font: 2)
        }
        return page
      }, reason: .code),
    NoTable(
      name: "code with numbered lines",
      sketch: {
        var page = PageSketch()
        for (row, line) in ["x = f()", "y = [1, 2]", "go(x, y);", "return (z)"].enumerated() {
          page.text("\(row + 1)", x: 50, y: 101 + 12 * Double(row), em: 7)
          page.text(line, x: 80, y: 100 + 12 * Double(row), font: 2)
        }
        return page
      }, reason: .code),
    NoTable(
      name: "code with numbered lines in the type of the text",
      sketch: {
        var page = PageSketch()
        for (row, line) in [
          "{", "setLayout(new Border());", "", "// the panel", "Border margin = new Empty(10);", "",
          "setBorder(margin);", "add(makeTitle(), North);", "add(panel, Center);", "}",
        ].enumerated() {
          page.text("\(row + 5)", x: 60, y: 100 + 12 * Double(row))
          if !line.isEmpty { page.text(line, x: 93, y: 100 + 12 * Double(row)) }
        }
        return page
      }, reason: .code),
    NoTable(
      name: "labels of a figure",
      sketch: {
        var page = TablePage.unruled.sketch()
        page.regions = [
          Region(
            kind: .figure, box: BoundingBox(left: 80, top: 80, right: 420, bottom: 200), lines: [], confidence: .certain
          )
        ]
        return page
      }, reason: .figure),
    NoTable(
      name: "labels that fill a figure around them",
      sketch: {
        var page = TablePage.unruled.sketch()
        page.regions = [
          Region(
            kind: .figure, box: BoundingBox(left: 90, top: 85, right: 440, bottom: 160), lines: [], confidence: .certain
          )
        ]
        return page
      }, reason: .figure),
    NoTable(
      name: "one column of prose",
      sketch: {
        var page = PageSketch()
        for (row, sentence) in sentences.enumerated() { page.text(sentence, x: 60, y: 100 + 12 * Double(row)) }
        return page
      }, reason: nil),
    NoTable(name: "an empty page", sketch: { PageSketch() }, reason: nil),
  ]
}

struct RefusalTests {
  @Test("the frames of links make no table", arguments: [true, false])
  func framedLinks(areLinks: Bool) throws {
    var page = PageSketch()
    for row in 0..<3 {
      for column in 0..<3 {
        page.text("doi:10.1/\(row)\(column)", x: 62 + 100 * Double(column), y: 103 + 16 * Double(row))
      }
    }
    page.grid(xs: [60, 160, 260, 360], ys: [100, 116, 132, 148])
    let boxes = (0..<3).flatMap { row in
      (0..<3).map { column in
        BoundingBox(
          left: 60 + 100 * Double(column), top: 100 + 16 * Double(row), right: 160 + 100 * Double(column),
          bottom: 116 + 16 * Double(row))
      }
    }
    let rules = page.layout.rules
    let frames = boxes.flatMap { box in
      [
        RulingLine(axis: .horizontal, position: box.top, start: box.left, end: box.right, thickness: 1),
        RulingLine(axis: .vertical, position: box.left, start: box.top, end: box.bottom, thickness: 1),
      ]
    }
    let links = LinkFrames(areLinks ? boxes.map { PageLink(box: $0, target: "https://example.org") } : [])
    #expect(links.without(frames).isEmpty == areLinks)
    // A grid's own lines are longer than any link in it.
    #expect(links.without(rules) == rules)
  }

  @Test("a heading and the paragraph below it that line up are no grid; the same words of no known kind are")
  func headingOverParagraph() throws {
    var page = PageSketch()
    for (row, cells) in [["3.3", "Decide values of", ""], ["3.3.1", "What they mean.", "We must decide what the"]]
      .enumerated()
    {
      for (column, x) in [60.0, 90, 200].enumerated() where !cells[column].isEmpty {
        page.text(cells[column], x: x, y: 100 + 13 * Double(row))
      }
    }
    let grids = { (regions: [Region]) in
      let upright = UprightPage(
        turn: .none, ocr: page.ocr, layout: page.layout, regions: RegionsPage(regions: regions))
      return Refusals(page: upright).textEvidence(upright.words)
    }
    let heading = Region(
      kind: .heading, box: BoundingBox(left: 55, top: 95, right: 400, bottom: 112.4), lines: [0], confidence: .certain)
    let paragraph = Region(
      kind: .paragraph, box: BoundingBox(left: 55, top: 112.4, right: 400, bottom: 126), lines: [1],
      confidence: .certain)
    #expect(grids([heading, paragraph]) > 0)
    #expect(grids([]) == 0)
  }

  @Test("the second line of a title is no row", arguments: [true, false])
  func titleOverLines(isFull: Bool) throws {
    var page = PageSketch()
    let title = isFull ? "Table 2. The numbers of all the people of the towns in" : "Table 2. People"
    page.text(title, x: 60, y: 86, font: 1)
    page.text("thecounty by year", x: 60, y: 98, font: 1)
    let rows = [["Town", "2020", "2021"], ["Aldham", "12", "15"], ["Bures", "34", "36"]]
    for (row, cells) in rows.enumerated() {
      for (column, cell) in cells.enumerated() {
        page.text(cell, x: 60 + 90 * Double(column), y: 114 + 14 * Double(row))
      }
    }
    let words = UprightPage(turn: .none, ocr: page.ocr, layout: page.layout, regions: RegionsPage(regions: []))
      .words.sorted { $0.box.midY < $1.box.midY }
    var grid = try #require(
      GridDraft(
        rowEdges: [96, 112, 126, 140, 154], columnEdges: [60, 150, 240, 330], groups: Array(0..<12),
        strategy: .halfRuled))
    grid.place(words.filter { $0.box.top > 96 })
    #expect(TitleLines(page: words).taken(off: grid).rows == (isFull ? 3 : 4))
  }

  @Test("a bullet of a font that claims three lines of height stands on its own")
  func tallBullets() throws {
    var page = PageSketch()
    page.grid(xs: [60, 160, 400], ys: [100, 140, 180])
    for row in 0..<2 {
      page.text("Part \(row)", x: 64, y: 104 + 40 * Double(row))
      for line in 0..<2 {
        let top = 104 + 40 * Double(row) + 14 * Double(line)
        page.text("text \(row)\(line)", x: 180, y: top)
        // The letters stand on the line; the font's own box reaches far above.
        page.words.append(
          Word(
            text: "•", box: BoundingBox(left: 168, top: top - 15, right: 173, bottom: top + 13), source: .textLayer,
            size: 11))
      }
    }
    let table = try #require(try page.tables().tables.first)
    #expect(table.cells.map(\.text) == ["Part 0", "• text 00 • text 01", "Part 1", "• text 10 • text 11"])
  }

  @Test("what only looks like a table is refused", arguments: NoTable.all)
  func refused(page: NoTable) throws {
    let found = try page.sketch().tables()
    #expect(found.tables.isEmpty)
    if let reason = page.reason { #expect(found.refused.map(\.reason) == [reason]) }
  }

  @Test("a chapter's number beside its entries makes no rows of contents that go on from another page")
  func contentsGoOn() {
    var page = PageSketch()
    var y = 134.0
    for (chapter, sections) in [(4, [0, 0, 0, 0, 5, 3, 0, 0, 4]), (5, [0, 0, 0]), (6, []), (7, [0, 0, 0])] {
      page.text("\(chapter)", x: 98, y: y, font: 1)
      page.text("A title of some length", x: 113, y: y, font: 1)
      page.text("\(20 * chapter)", x: 513, y: y, anchor: .right, font: 1)
      for (section, parts) in sections.enumerated() {
        for part in 0...parts {
          y += 12
          page.text("\(chapter).\(section + 1)" + (part > 0 ? ".\(part)" : ""), x: part > 0 ? 136 : 113, y: y)
          page.text("Subject", x: part > 0 ? 168 : 136, y: y)
          for dot in 0..<37 { page.text(".", x: 209 + 7.8 * Double(dot), y: y) }
          page.text("\(20 * chapter + section)", x: 513, y: y, anchor: .right)
        }
      }
      y += 22
    }
    let words = UprightPage(turn: .none, ocr: page.ocr, layout: page.layout, regions: RegionsPage(regions: [])).words
    #expect(WrappedAreas.areas(words).isEmpty)
  }

  @Test("a grid less certain than wanted is refused as a poor fit")
  func minConfidence() throws {
    var options = TablesOptions()
    options.minConfidence = 0.99
    let found = try TablePage.unruled.sketch().tables(options)
    #expect(found.tables.isEmpty)
    #expect(found.refused.map(\.reason) == [.poorFit])
  }
}

import Contracts
import DocumentModel
import Testing

@testable import Assembly

@Suite("List markers")
struct MarkerTests {
  @Test(
    "markers are read as printed",
    arguments: [
      ("• item", "•", nil), ("•item", "•", nil), ("♦ item", "♦", nil), ("➔ item", "➔", nil), ("– item", "–", nil),
      ("—item", "—", nil),
      ("1. item", "1.", 1), ("12) item", "12)", 12),
      ("(3) item", "(3)", 3), ("[4] item", "[4]", 4), ("1.2. item", "1.2.", 2), ("1.2.3 item", "1.2.3", 3),
      ("a) item", "a)", 1), ("(b) item", "(b)", 2), ("iv. item", "iv.", 4), ("XII. item", "XII.", 12),
      ("C. item", "C.", 3),
      ("(i) item", "(i)", 1), ("٣. item", "٣.", 3), ("2° item", "2°", 2),
    ] as [(String, String, Int?)])
  func reads(text: String, marker: String, ordinal: Int?) throws {
    let reading = try #require(MarkerReading.all(text).first)
    #expect(reading.marker == marker)
    #expect(reading.ordinal == ordinal)
  }

  @Test(
    "text is no marker",
    arguments: [
      "item", "-5 degrees", "–5 degrees", "*see", "3.5million", "(see below)", "a.m. today", "1..2 x", "", "(",
      "2°C was read", "a° x",
      "12345. x", "Mr. X",
    ])
  func refuses(text: String) {
    #expect(MarkerReading.all(text).isEmpty)
  }

  @Test("dots that lead to a page number are told as one sign, whatever holds them")
  func leaders() throws {
    var page = PageBuilder()
    page.region(.listItem, ["1.1 Terms . . . . . . . . 12"], y: 100)
    page.region(.listItem, ["1.2 Needs......14"], y: 120)
    page.region(.paragraph, ["And so on . . . until ... the end."], y: 140)
    page.region(.code, ["a . . . . . . . b"], y: 160)
    page.region(.paragraph, ["I, ................, born on ........"], y: 180)
    page.region(.paragraph, ["Name . . . . . . . . . of the child"], y: 200)
    page.region(.paragraph, ["Trees ....... 12, 14, 20 and"], y: 220)
    page.region(.paragraph, ["Soup.......4.50 EUR"], y: 240)
    let elements = try page.assemble().elements
    #expect(
      elements.map(\.text) == [
        "Terms … 12", "Needs … 14", "And so on . . . until ... the end.", "a . . . . . . . b",
        "I, ................, born on ........", "Name . . . . . . . . . of the child", "Trees ....... 12, 14, 20 and",
        "Soup … 4.50 EUR",
      ])
    // Each dot is told, though most say nothing; the number before the title is its marker.
    #expect(elements[0].runs.flatMap(\.words).count == 10)
  }

  @Test("items get levels by indent, and letters their place by their neighbours")
  func levels() throws {
    var page = PageBuilder()
    let items: [(String, Double)] = [
      ("1. one", 0), ("a) inner", 20), ("b) inner", 20), ("2. two", 0), ("• point", 20), ("3. three", 0),
      ("(i) first", 20),
      ("(ii) second", 20), ("4. four", 0),
    ]
    for (index, item) in items.enumerated() {
      page.region(.listItem, [item.0], x: 50 + item.1, y: 60 + Double(index) * 20)
    }
    let lists = try page.assemble().elements.compactMap(\.list)
    #expect(lists.map(\.level) == [1, 2, 2, 1, 2, 1, 2, 2, 1])
    #expect(lists.map(\.ordinal) == [1, 1, 2, 2, nil, 3, 1, 2, 4])
    #expect(lists.map(\.ordered) == [true, true, true, true, false, true, true, true, true])
    #expect(try page.assemble().elements.map(\.text) == items.map { $0.0.split(separator: " ")[1] }.map(String.init))
  }

  @Test("a page that begins within an inner list measures from the outer one once that goes on")
  func outerLater() throws {
    var page = PageBuilder()
    for (row, indent) in [40.0, 40, 20, 40, 0, 20].enumerated() {
      page.region(.listItem, ["• point"], x: 50 + indent, y: 60 + Double(row) * 20)
    }
    #expect(try page.assemble().elements.compactMap(\.list?.level) == [1, 1, 1, 2, 1, 2])
  }

  @Test("dashes that begin lines at one indent are items of an inner list, a single one is a wrapped line's")
  func dashes() throws {
    var page = PageBuilder()
    page.region(
      .listItem, ["• fruit", "– apples", "– pears", "• green", "– or so"], y: 60, indents: [0, 20, 20, 0, 12])
    let elements = try page.assemble().elements
    #expect(elements.map(\.text) == ["fruit", "apples", "pears", "green – or so"])
    #expect(elements.compactMap(\.list?.level) == [1, 2, 2, 1])
  }

  @Test("i after h is a letter, i after nothing a numeral")
  func ambiguous() throws {
    var page = PageBuilder()
    for (index, mark) in ["g.", "h.", "i.", "j."].enumerated() {
      page.region(.listItem, ["\(mark) text"], y: 60 + Double(index) * 20)
    }
    #expect(try page.assemble().elements.map { $0.list?.ordinal } == [7, 8, 9, 10])
  }

  @Test("a region of several items is parted, a wrapped line is not")
  func parted() throws {
    var page = PageBuilder()
    page.region(
      .listItem, ["1. one goes", "on here", "2. two", "2010. was a year"], y: 60, indents: [0, 15, 0, 15])
    #expect(try page.assemble().elements.map(\.text) == ["one goes on here", "two 2010. was a year"])
  }

  @Test("an item without a printed marker is still an item")
  func unmarked() throws {
    var page = PageBuilder()
    page.region(.listItem, ["no marker here"], y: 60)
    let element = try page.assemble().elements[0]
    #expect(element.list == ListMarker(ordered: false, marker: "", level: 1))
    #expect(element.text == "no marker here")
  }

  @Test("an item tells where its text begins behind the marker: as its wrapped lines say, else its first word")
  func textLeft() throws {
    var page = PageBuilder()
    page.region(.listItem, ["1. one goes", "on here"], y: 60, indents: [0, 18])
    page.region(.listItem, ["• short"], x: 68, y: 100)
    page.region(.listItem, ["unmarked"], y: 120)
    page.region(.listItem, ["•", "apart"], x: 68, y: 130, leading: 0, indents: [0, 20])
    page.region(.paragraph, ["no item"], y: 140)
    let elements = try page.assemble().elements
    let word = try #require(page.words.first { $0.text == "short" })
    #expect(elements.map { $0.list?.textLeft } == [68, word.box.left, nil, 88, nil])
  }

  @Test("a numbered text that leads back to its mark is a note, as an item or alone; any other item is none")
  func endNotes() throws {
    var page = PageBuilder()
    page.region(.listItem, ["1. First note.\u{21A9}\u{FE0E}", "2. Second note,", "of two lines.\u{21A9}"], y: 60)
    page.region(.paragraph, ["3. Third note. \u{21A9}"], y: 120)
    page.region(.paragraph, ["Press \u{21A9}"], y: 140)
    page.region(.listItem, ["4. An item."], y: 160)
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.footnote, .footnote, .footnote, .paragraph, .listItem])
    #expect(elements.map(\.footnoteMark) == ["1", "2", "3", nil, nil])
    #expect(elements[2].text.hasPrefix("Third note."))
  }

  @Test("a refused table that is a list has its title told above it, and lists within its items by their colons")
  func refusedList() throws {
    var page = PageBuilder()
    let lines = [
      page.line("*What* *counts*", y: 100), page.line("3.1 The supplier shall:", y: 114),
      page.line("(a) inspect every pump; and", x: 86, y: 128), page.line("(b) answer calls.", x: 86, y: 142),
      page.line("3.2 See MacroTools:", y: 156), page.line("a library of tools.", x: 86, y: 168),
    ]
    let box = lines.map { page.lines[$0].box }.union() ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0)
    page.regions.append(Region(kind: .table, box: box, lines: lines, column: nil, confidence: .certain))
    page.refused.append(RefusedTable(box: box, reason: .list))
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.paragraph, .listItem, .listItem, .listItem, .listItem])
    #expect(elements.compactMap(\.list).map(\.marker) == ["3.1", "(a)", "(b)", "3.2"])
    #expect(elements.compactMap(\.list).map(\.level) == [1, 2, 2, 1])
    #expect(elements.last?.text == "See MacroTools: a library of tools.")
  }

  @Test("a clause that begins with a numbered heading in italics is a heading and its text")
  func runInItem() throws {
    var page = PageBuilder()
    page.region(.listItem, ["3.3.1 /Barycentric./ We use it here.", "And so do others."], y: 100)
    page.region(.listItem, ["3.3.2 The plain one stays an item."], y: 140)
    #expect(try page.assemble().elements.map(\.kind) == [.heading, .paragraph, .listItem])
  }
}

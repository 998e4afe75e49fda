import Contracts
import DocumentModel
import Testing

@testable import Assembly

@Suite("Regions that go on")
struct ContinuedRegionsTests {
  /// A page with one column from 50 to 250: forty letters of 10 points.
  private static var narrow: PageBuilder {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 50, right: 250, bottom: 700)]
    return page
  }

  @Test(
    "an entry of a bibliography keeps the lines that stand under its text",
    arguments: [
      (RegionKind.paragraph, "2023. An article."), (.keyValue, "Title: what was found."),
      (.code, "`dependencies.` `x.org`"),
    ])
  func hangingLines(kind: RegionKind, line: String) throws {
    var page = Self.narrow
    page.region(.listItem, ["[1] Ann Author, and contributors, about"], x: 50, y: 100, column: 0)
    let text = page.words[1].box.left
    page.region(kind, [line], x: text, y: 112, column: 0)
    page.region(.listItem, ["[2] Ben Writer."], x: 50, y: 124, column: 0)
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.listItem, .listItem])
    let printed = line.split(separator: "`").joined()
    #expect(elements[0].text == "Ann Author, and contributors, about " + printed)
    #expect(elements[1].list?.marker == "[2]")
  }

  @Test("a text goes on though a table took the last of its lines")
  func overTable() throws {
    var page = Self.narrow
    page.region(.paragraph, ["of all the packages that were seen there"], y: 100, column: 0)
    let cells = page.line("one two", x: 300, y: 112)
    page.regions[0] = Region(
      kind: .paragraph, box: page.regions[0].box, lines: [0, cells], column: 0, confidence: .certain)
    let words = page.lines[cells].words
    page.table([(0, 0, [words[0]]), (0, 1, [words[1]])], rows: 1, columns: 2)
    page.region(.paragraph, ["the last is meant"], y: 112, column: 0)
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.paragraph, .table])
    #expect(elements[0].text == "of all the packages that were seen there the last is meant")
  }

  @Test(
    "a text of its own stays one",
    arguments: [
      // Its first word would have fitted on the line before.
      ("[1] Ann Author.", 112.0, 0.0, RegionKind.paragraph),
      ("[1] Ann Author and contributors and others", 130, 0, .paragraph),
      ("[1] Ann Author and contributors and others", 112, -15, .paragraph),
      ("[1] Ann Author and contributors and others", 112, 0, .heading),
    ])
  func ownText(item: String, y: Double, shift: Double, kind: RegionKind) throws {
    var page = Self.narrow
    page.region(.listItem, [item], x: 50, y: 100, column: 0)
    page.region(kind, ["Another text"], x: page.words[1].box.left + shift, y: y, column: 0)
    #expect(try page.assemble().elements.map(\.kind) == [.listItem, kind])
  }

  @Test(
    "a paragraph that was cut in a sentence is one",
    arguments: [
      ("of all the packages that were seen there", "the last is meant", true),
      ("of all the packages that were seen. Here", "The last is meant", false),
      ("of all the packages that were seen now.", "the last is meant", false),
      ("of all the packages", "the last is meant", false),
    ])
  func paragraphs(first: String, second: String, joined: Bool) throws {
    var page = Self.narrow
    page.region(.paragraph, ["There are many words in this long line,", first], y: 100, column: 0)
    page.region(.paragraph, [second], y: 124, column: 0)
    #expect(try page.assemble().elements.count == (joined ? 1 : 2))
  }

  @Test(
    "of several items in one region the last keeps its wrapped line, though they were taken for a table",
    arguments: [RegionKind.listItem, .table])
  func lastItem(kind: RegionKind) throws {
    var page = Self.narrow
    page.region(kind, ["[1] Ann Author.", "[2] Ben Writer, and contributors, about"], y: 100, column: 0)
    page.refused = [RefusedTable(box: page.regions[0].box, reason: .list)]
    let text = page.words[1].box.left
    page.region(.paragraph, ["dependencies."], x: text, y: 124, column: 0)
    #expect(
      try page.assemble().elements.map(\.text) == ["Ann Author.", "Ben Writer, and contributors, about dependencies."])
  }

  @Test("an item keeps its wrapped line where the page's lines are far apart")
  func loosePage() throws {
    for pitch in [1.2, 1.6] {
      var page = Self.narrow
      page.region(
        .paragraph, ["Text of the page that is set", "with lines far apart"], y: 60, leading: pitch, column: 0)
      page.region(.listItem, ["[1] Ann Author, and contributors, about"], x: 50, y: 100, column: 0)
      page.region(
        .code, ["`dependencies.`"], x: page.words.first { $0.text == "Ann" }?.box.left ?? 0, y: 116, column: 0)
      #expect(try page.assemble().elements.count == (pitch == 1.6 ? 2 : 3))
    }
  }

  @Test(
    "a listing is one over what looked like a table and over a blank line, not over more white",
    arguments: [(RefusedTable.Reason.code, 0.0, 1), (.code, 12, 1), (.code, 24, 2), (.poorFit, 0, 3)])
  func listing(reason: RefusedTable.Reason, white: Double, count: Int) throws {
    var page = Self.narrow
    page.region(.code, ["call(", "more("], y: 100, column: 0)
    page.region(.table, ["int a", "int b)"], x: 70, y: 124, column: 0)
    page.region(.code, ["}", "end"], y: 148 + white, column: 0)
    page.refused = [RefusedTable(box: page.regions[1].box, reason: reason)]
    let elements = try page.assemble().elements
    #expect(elements.count == count)
    if count == 1 {
      let blank = white > 0 ? "\n" : ""
      #expect(elements[0].text == "call(\nmore(\n    int a\n    int b)\n\(blank)}\nend")
    }
  }

  @Test(
    "a caption takes the line that was left over of its table's region, or taken for a heading",
    arguments: [true, false])
  func captions(isHeading: Bool) throws {
    var page = Self.narrow
    page.region(.caption, ["*Table* *2.* *Numbers* *of* *all* *those* *who* *were*"], y: 100, column: 0)
    if isHeading {
      page.region(.heading, ["*counted* *twice*"], y: 112, column: 0)
      page.region(.table, ["Ann 12", "Ben 13"], y: 130)
    } else {
      page.region(.table, ["*counted* *twice*", "Ann 12", "Ben 13"], y: 112)
    }
    let first = page.words.count - 4
    page.table(
      [(0, 0, [first]), (0, 1, [first + 1]), (1, 0, [first + 2]), (1, 1, [first + 3])], rows: 2, columns: 2)
    let elements = try page.assemble().elements
    #expect(elements.map(\.kind) == [.caption, .table])
    #expect(elements[0].text == "Table 2. Numbers of all those who were counted twice")
  }

  @Test("a note in the margin goes on in no text, though it stands above one as its line would")
  func marginNote() throws {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 40, right: 150, bottom: 700)]
    let note = page.region(.paragraph, ["new in the second edition"], y: 100)
    page.region(.paragraph, ["which nobody has seen", "but once."], y: 112)
    page.marginNotes = page.regions[note].lines
    #expect(try page.assemble().elements.count == 2)
  }
}

import CanonicalJSON
import Contracts
import DocumentModel
import StageKit
import Testing

@testable import Export

@Suite("Markdown")
struct MarkdownTests {
  private static let isReadable = CommandTool.python != nil
  private static let why: Comment = "needs a Python with markdown-it-py and html5lib in SHEAF_TEST_PYTHON or .venv"

  @Test("brings every character back through a reader", .enabled(if: isReadable, why), arguments: 1...8)
  func roundTrip(seed: UInt64) throws {
    var random = RandomText(seed: seed)
    var document = MadeDocument()
    var wanted: [ReferenceReader.Block] = []
    for _ in 0..<250 {
      let text = random.line()
      guard !text.isEmpty else { continue }
      switch random.next(4) {
      case 0:
        document.heading(1, text)
        wanted.append(.init(tag: "h1", text: text))
      case 1:
        document.item("•", text)
        wanted.append(.init(tag: "li", text: text))
      case 2:
        document.add(.table, [], table: MadeTable.plain([["x", text]]))
        wanted += [.init(tag: "th", text: "x"), .init(tag: "th", text: text)]
      default:
        document.add(.paragraph, text)
        wanted.append(.init(tag: "p", text: text))
      }
    }
    let read = try ReferenceReader.markdown(try document.markdown())
    for (read, wanted) in zip(read, wanted) where read != wanted {
      Issue.record("\(wanted) came back as \(read)")
      break
    }
    #expect(read.count == wanted.count)
  }

  @Test("tells code of which parts are in italics as one")
  func mixedCode() throws {
    var document = MadeDocument()
    document.add(
      .paragraph,
      [
        run("package", [.code, .italic], link: nil), run("-", .code, link: nil),
        run("1.0", [.code, .italic], link: nil),
      ])
    #expect(try document.markdown().contains("`package-1.0`"))
  }

  @Test("brings styled text back through a reader", .enabled(if: isReadable, why), arguments: 1...8)
  func styles(seed: UInt64) throws {
    var random = RandomText(seed: seed &+ 100)
    var document = MadeDocument()
    var wanted: [String] = []
    for _ in 0..<250 {
      let runs = (0...random.next(4)).map { _ in
        run(
          random.line() + (random.next(2) == 0 ? " " : ""), TextStyle(rawValue: random.next(32)),
          link: random.next(5) == 0 ? "https://example.org/(a)" : nil)
      }
      let text = runs.map { InlineRun($0) }.oneLine.plain
      guard !text.isEmpty else { continue }
      document.add(.paragraph, runs)
      wanted.append(text)
    }
    let read = try ReferenceReader.markdown(try document.markdown()).map(\.text)
    for (read, wanted) in zip(read, wanted) where read != wanted {
      Issue.record("\(wanted) came back as \(read)")
      break
    }
    #expect(read.count == wanted.count)
  }

  @Test(
    "leaves alone what cannot be taken for markup",
    arguments: [
      "Costs $5 & more, see [3].", "snake_case and 2 * 3 < 4", "A-B (c) #5 50% a=b", "____ and ~5",
    ])
  func readable(text: String) throws {
    var document = MadeDocument()
    document.add(.paragraph, text)
    #expect(try document.markdown() == text.replacing("~", with: "\\~") + "\n")
  }

  @Test(
    "marks a stretch of emphasis once, whatever is raised or lowered in it",
    arguments: [
      ([run("T", .italic), run("B", [.italic, .subscript]), run(" falls")], "*T<sub>B</sub>* falls"),
      ([run("x", .italic), run(" "), run("i", [.italic, .superscript])], "*x <sup>i</sup>*"),
      ([run("bold", .bold), run("slanted", .italic)], "<strong>bold</strong>*slanted*"),
      ([run("T", .italic), run("B", [.italic, .subscript]), run("x")], "<em>T<sub>B</sub></em>x"),
      ([run("All of", .bold), run(" "), run("it", [.bold, .italic]), run(".", .bold)], "**All of *it*.**"),
      (
        [run("a ", .italic), run("b", [.bold, .italic]), run(" c", .italic), run(" d", [.bold, .italic])],
        "*a **b** c* ***d***"
      ), ([run("a", .bold), run("b", [.bold, .italic]), run("c", .bold)], "**a*b*c**"),
    ])
  func emphasis(runs: [TextRun], wanted: String) throws {
    var document = MadeDocument()
    document.add(.paragraph, runs)
    #expect(try document.markdown() == wanted + "\n")
  }

  @Test("leaves white space out of links")
  func linkSpace() throws {
    var document = MadeDocument()
    document.add(
      .paragraph, [run("see"), run(" a b ", .bold, link: "https://example.org"), run("now")])
    #expect(try document.markdown() == "see [**a b**](https://example.org) now\n")
  }

  @Test(
    "leaves the marks of the sentence around a link out of it",
    arguments: [
      ("http://a.org.", "http://a.org", "[http://a.org](http://a.org)."),
      ("<http://a.org/>.", "http://a.org/", "\\<[http://a.org/](http://a.org/)>."),
      ("(a.org),", "http://a.org", "([a.org](http://a.org)),"),
      ("the guide),", "http://a.org", "[the guide](http://a.org)),"),
      ("http:", "http://a.org", "[http:](http://a.org)"), ("a. b.", "http://a.org/b.", "[a. b.](<http://a.org/b.>)"),
      ("(see) there", "http://a.org", "[(see) there](http://a.org)"), (".", "http://a.org", "[.](http://a.org)"),
    ])
  func linkEnds(text: String, link: String, wanted: String) throws {
    var document = MadeDocument()
    document.add(.paragraph, [run("at "), run(text, link: link)])
    #expect(try document.markdown() == "at \(wanted)\n".replacing("(<http://a.org/b.>)", with: "(http://a.org/b.)"))
  }

  @Test("joins the parts of a table and leaves out the repeated header")
  func joinedTable() throws {
    var document = MadeDocument()
    let first = document.place(.table, table: MadeTable.plain([["H", "I"], ["1", "2"]]))
    document.newPage()
    let second = document.place(.table, table: MadeTable.plain([["H", "I"], ["3", "4"]]))
    document.order.append(ReadingEntry(elements: [first, second], joins: [.rowsRepeatingHeader]))
    #expect(try document.markdown() == "| H | I |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n")
  }

  @Test("puts together the row that a page's end cuts, the repeated header left out")
  func cutRow() throws {
    for (header, join) in [([["H", "I"]], ReadingEntry.Join.cellsRepeatingHeader), ([], .cells)] {
      var document = MadeDocument()
      let first = document.place(.table, table: MadeTable.plain([["H", "I"], ["1", "a divi-"]]))
      document.newPage()
      let second = document.place(
        .table, table: MadeTable.plain(header + [["", "ded word"], ["2", "b"]], headerRows: header.count))
      document.order.append(ReadingEntry(elements: [first, second], joins: [join]))
      #expect(try document.markdown() == "| H | I |\n| --- | --- |\n| 1 | a divided word |\n| 2 | b |\n")
    }
  }

  @Test("joins the parts of a paragraph as reading order says")
  func joinedParagraph() throws {
    var document = MadeDocument()
    let first = document.place(.paragraph, [run("A divi-", .bold)])
    let second = document.place(.paragraph, [run("ded word", .bold)])
    let third = document.place(.paragraph, [run("and more.")])
    document.order.append(ReadingEntry(elements: [first, second, third], joins: [.hyphen, .space]))
    #expect(try document.markdown() == "**A divided word** and more.\n")
  }

  @Test("links a mark and not the power beside it; two signs are two marks")
  func powers() throws {
    var document = MadeDocument()
    let notes = [ElementID(page: 1, index: 1), ElementID(page: 1, index: 2), ElementID(page: 1, index: 3)]
    document.add(
      .paragraph,
      [run("x", .italic), run("2", .superscript), run(" is it"), run("2", .superscript), run("∗†", .superscript)],
      footnotes: notes)
    for (mark, text) in [("2", "Two."), ("∗", "Star."), ("†", "Dagger.")] {
      document.add(.footnote, [run(text)], mark: mark)
    }
    #expect(
      try document.markdown().split(separator: "\n").first
        == "*x*<sup>2</sup> is it[^2][^note-1][^note-2]")
  }

  @Test("links a mark behind a number where reading order says so and nothing else in the text has it")
  func marksBehindNumbers() throws {
    var document = MadeDocument()
    let notes = [ElementID(page: 1, index: 1), ElementID(page: 1, index: 2)]
    document.add(
      .paragraph,
      [
        run("since 4.18"), run("1", .superscript), run(" or 5"), run("2", .superscript), run(" and so on"),
        run("2", .superscript),
      ], footnotes: notes)
    for (mark, text) in [("1", "One."), ("2", "Two.")] { document.add(.footnote, [run(text)], mark: mark) }
    #expect(
      try document.markdown().split(separator: "\n").first == "since 4.18[^1] or 5<sup>2</sup> and so on[^2]")
  }

  @Test("names footnotes with one mark apart")
  func footnotes() throws {
    var document = MadeDocument()
    for page in 1...2 {
      if page > 1 { document.newPage() }
      let note = ElementID(page: page, index: 1)
      document.add(.paragraph, [run("Text"), run("1", .superscript), run(".")], footnotes: [note])
      document.add(.footnote, [run("Note \(page).")], mark: "1")
    }
    #expect(try document.markdown() == "Text[^1].\n\n[^1]: Note 1.\n\nText[^1-2].\n\n[^1-2]: Note 2.\n")
  }

  @Test("shows a table without a header as one, and a hostile one at all")
  func tables() throws {
    var document = MadeDocument()
    document.add(.table, [], table: MadeTable.plain([["1", "2"]], headerRows: 0))
    let overlapping = ElementTable(
      index: 0, rows: 2, columns: 2, headerRows: 9, stubColumns: 0,
      cells: [
        MadeTable.cell(0, 0, "a", rows: 7, columns: Int.max), MadeTable.cell(0, 1, "lost"),
        MadeTable.cell(Int.max, 0, "far", rows: Int.max),
      ])
    document.add(.table, [], table: overlapping)
    let text = try document.markdown()
    #expect(text.hasPrefix("|  |  |\n| --- | --- |\n| 1 | 2 |\n\n<table>"))
    #expect(text.contains("rowspan=\"2\" colspan=\"2\">a<") && !text.contains("lost") && !text.contains("far"))
  }

  @Test("refuses a table whose cells cover one another again and again")
  func overlappingTable() throws {
    var document = MadeDocument()
    let corner = MadeTable.cell(999, 999, "corner")
    let sheets = [ElementCell](repeating: MadeTable.cell(0, 0, "sheet", rows: 1000, columns: 1000), count: 1000)
    document.add(
      .table, [],
      table: ElementTable(index: 0, rows: 1000, columns: 1000, headerRows: 0, stubColumns: 0, cells: [corner] + sheets))
    #expect(throws: StageFailure.self) { try document.markdown() }
  }

  @Test("refuses a table larger than any page")
  func largeTable() throws {
    var document = MadeDocument()
    document.add(
      .table, [], table: ElementTable(index: 0, rows: Int.max, columns: 2, headerRows: 0, stubColumns: 0, cells: []))
    #expect(throws: StageFailure.self) { try document.markdown() }
  }

  @Test("links, embeds or leaves out pictures, by the document's name")
  func pictures() throws {
    var options = MarkdownOptions()
    options.name = "Bericht 2026"
    let document = MadeDocument.everything()
    #expect(try document.markdown(options).contains("![Figure 1](Bericht%202026/figure-01.png)"))
    options.figures = .embed
    #expect(try document.markdown(options).contains("![Figure 1](data:image/png;base64,iVBORw==)"))
    options.figures = .none
    let without = try document.export(MarkdownExport.self, options).files
    #expect(without.count == 1 && !String(decoding: without[".md"] ?? [], as: UTF8.self).contains("!["))
  }

  @Test("embeds a picture as a kind that is made, whatever an edit says")
  func pictureKind() throws {
    var options = MarkdownOptions()
    options.figures = .embed
    var document = MadeDocument()
    let type = "image/png;base64,)[x](javascript:alert(1)"
    document.add(.figure, [], figure: ElementFigure(index: 0, kind: .image, file: "a.png", mediaType: type, inside: ""))
    document.keep([0x89, 0x50, 0x4E, 0x47], as: "a.png")
    #expect(try document.markdown(options) == "![Figure](data:image/png;base64,iVBORw==)\n")
  }

  @Test("marks pages where asked")
  func pages() throws {
    var options = MarkdownOptions()
    options.pageBreaks = .mark
    let text = try MadeDocument.everything().markdown(options)
    #expect(
      text.hasPrefix("<!-- page 1 -->\n\n# ") && text.contains("<!-- page 4 -->") && !text.contains("<!-- page 3 -->"))
  }

  @Test("has options whose defaults are those it tells")
  func descriptors() throws {
    try expectHonest(MarkdownOptions.self)
    try expectHonest(HTMLOptions.self)
    try expectHonest(TextOptions.self)
    try expectHonest(CSVOptions.self)
  }

  private func expectHonest<O: StageOptions>(_ type: O.Type) throws {
    let encoded = try CanonicalDecoder().decode(JSONValue.self, from: CanonicalEncoder().encode(O()))
    let told = JSONValue.object(Dictionary(uniqueKeysWithValues: O.descriptors.map { ($0.name, $0.default) }))
    #expect(encoded == told)
  }
}

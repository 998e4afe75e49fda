import Contracts
import DocumentModel
import Testing

@testable import Export

@Suite("HTML")
struct HTMLTests {
  private static let why: Comment = "needs a Python with markdown-it-py and html5lib in SHEAF_TEST_PYTHON or .venv"

  @Test("is taken by html5lib without complaint", .enabled(if: CommandTool.python != nil, why))
  func valid() throws {
    let blocks = try ReferenceReader.html(try MadeDocument.everything().html())
    #expect(blocks.first == .init(tag: "h1", text: "A Report on *Everything* With a second line"))
    #expect(blocks.contains(.init(tag: "td", text: "<4>")))
    #expect(blocks.filter { $0.tag == "li" }.map(\.text).prefix(4) == ["first", "second", "inner", "third"])
  }

  @Test("brings every character back through a reader", .enabled(if: CommandTool.python != nil, why))
  func roundTrip() throws {
    var random = RandomText(seed: 7)
    var document = MadeDocument()
    var wanted: [String] = []
    for _ in 0..<200 {
      let text = random.line()
      guard !text.isEmpty else { continue }
      document.add(.paragraph, text)
      wanted.append(text)
    }
    #expect(try ReferenceReader.html(try document.html()).map(\.text) == wanted)
  }

  @Test("has no address but the web's, mail's and its own pages'")
  func links() throws {
    var document = MadeDocument()
    document.add(
      .paragraph, [run("x", link: "javascript:alert(1)"), run("y", link: "#page=1"), run("z", link: "mailto:a@b.c")])
    let html = try document.html()
    #expect(!html.contains("javascript") && html.contains("href=\"#page-1\"") && html.contains("href=\"mailto:a@b.c\""))
  }

  @Test("names every page, also those on which nothing begins", .enabled(if: CommandTool.python != nil, why))
  func pages() throws {
    var document = MadeDocument()
    document.item("•", "an item")
    let parts =
      [document.place(.paragraph, [run("long")])]
      + (2...4).map { _ in
        document.newPage()
        return document.place(.paragraph, [run("text")])
      }
    document.order.append(ReadingEntry(elements: parts, joins: [.space, .space, .space]))
    document.newPage()
    document.add(.footnote, [run("A note alone.")])
    document.newPage()
    document.add(.paragraph, "Text.")
    for _ in 7...8 { document.newPage() }
    let html = try document.html()
    for page in 1...document.page {
      #expect(html.split(separator: " id=\"page-\(page)\"").count == 2, "page \(page)")
    }
    #expect(html.contains("<p id=\"page-6\">Text.</p>"))
    #expect(try ReferenceReader.html(html).map(\.text).suffix(2) == ["A note alone.", "Text."])
  }

  @Test("names the pages that a table runs over at their first rows, each once")
  func pagesOfTables() throws {
    var document = MadeDocument()
    let part = { (texts: [String]) in MadeTable.plain(texts.map { [$0, "x"] }, headerRows: 0) }
    var parts = [document.place(.table, table: part(["a", "b"]))]
    for texts in [["c", "d"], ["rest"], ["e"]] {
      document.newPage()
      parts.append(document.place(.table, table: part(texts)))
    }
    // Of page 3 there is no more than the rest of a row that page 2 begins.
    document.order.append(ReadingEntry(elements: parts, joins: [.rows, .cells, .rows]))
    document.add(.paragraph, "Below it.")
    document.newPage()
    document.add(.paragraph, "Text.")
    let html = try document.html()
    #expect(html.contains("<table id=\"page-1\">"))
    #expect(html.contains("<tr id=\"page-2\"><td>c</td>"))
    #expect(html.contains("<tr id=\"page-4\"><td>e</td>"))
    #expect(html.contains("<p id=\"page-5\">Text.</p>"))
    for page in 1...5 { #expect(html.split(separator: " id=\"page-\(page)\"").count == 2, "page \(page)") }
  }

  @Test("tells its language, its title and no script")
  func frame() throws {
    let html = try MadeDocument.everything().html()
    #expect(html.contains("<html lang=\"en\">") && !html.contains("<script"))
    #expect(html.contains("<title>A Report on *Everything*</title>"))
    #expect(try MadeDocument().html().contains("<title>document</title>"))
  }
}

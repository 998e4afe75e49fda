import Contracts
import DocumentModel
import Testing

@testable import Export

@Suite("Blocks of Markdown")
struct MarkdownBlockTests {
  private static let isReadable = CommandTool.python != nil
  private static let why: Comment = "needs a Python with markdown-it-py and html5lib in SHEAF_TEST_PYTHON or .venv"

  @Test("a list inside an item that does not begin with 1 stands behind a blank line")
  func nestedNumbers() throws {
    var document = MadeDocument()
    document.item("•", "outer")
    document.item("3.", "three", level: 2, ordered: true)
    document.item("4.", "four", level: 2, ordered: true)
    document.item("•", "next")
    document.item("1.", "one", level: 2, ordered: true)
    #expect(
      try document.markdown() == "- outer\n\n  3. three\n  4. four\n- next\n  1. one\n")
  }

  @Test("an item without text inside an item makes no heading of it")
  func nestedEmpty() throws {
    var document = MadeDocument()
    document.item("•", "outer")
    document.item("•", "", level: 2)
    document.item("•", "said", level: 2)
    #expect(try document.markdown() == "- outer\n\n  - \n  - said\n")
  }

  @Test("what belongs to an item without text stands in it", .enabled(if: isReadable, why))
  func bareItem() throws {
    var document = MadeDocument()
    document.item("1.", "", ordered: true)
    document.more(.code, "x = 1")
    document.item("2.", "two", ordered: true)
    let text = try document.markdown()
    #expect(text == "1. \n   ```\n   x = 1\n   ```\n\n2. two\n")
    #expect(try ReferenceReader.items(text).map(\.number) == [1, 2])
  }

  @Test("a listing ends its lines with line feeds and has no other controls, or it would leave its item")
  func listingControls() throws {
    var document = MadeDocument()
    document.item("•", "item")
    document.more(.code, "a\rb\r\nc\u{1B}[2J\td")
    #expect(try document.markdown() == "- item\n\n  ```\n  a\n  b\n  c\u{FFFD}[2J\td\n  ```\n")
    #expect(try document.text() == "• item\n\n  a\n  b\n  c\u{FFFD}[2J\td\n")
  }

  @Test("the mark of a page ends no list")
  func pageInList() throws {
    var options = MarkdownOptions()
    options.pageBreaks = .mark
    var document = MadeDocument()
    document.item("•", "outer")
    document.item("1.", "one", level: 2, ordered: true)
    document.newPage()
    document.item("2.", "two", level: 2, ordered: true)
    document.newPage()
    document.add(.paragraph, "After.")
    let list = "- outer\n  1. one\n\n     <!-- page 2 -->\n\n  2. two\n\n     <!-- page 3 -->\n\nAfter.\n"
    #expect(try document.markdown(options) == "<!-- page 1 -->\n\n" + list)
  }

  @Test("a quote without text leaves no sign")
  func emptyQuote() throws {
    var document = MadeDocument()
    document.quote("")
    document.add(.paragraph, "After.")
    #expect(try document.markdown() == "After.\n")
  }

  @Test("a list whose numbers jump goes on as another list, so that both print and reading have its numbers")
  func jumps() throws {
    var document = MadeDocument()
    for number in [1, 2, 4, 5] { document.item("\(number).", "no. \(number)", ordered: true) }
    document.item("2)", "inner", level: 2, ordered: true)
    document.item("2)", "again", level: 2, ordered: true)
    #expect(
      try document.markdown()
        == "1. no. 1\n2. no. 2\n\n<!-- -->\n\n4. no. 4\n5. no. 5\n\n   2) inner\n\n   <!-- -->\n\n   2) again\n")
  }

  @Test(
    "lists come back through a reader with their numbers and levels", .enabled(if: isReadable, why), arguments: 1...8)
  func lists(seed: UInt64) throws {
    var random = RandomText(seed: seed &+ 300)
    var document = MadeDocument()
    var wanted: [ReferenceReader.Item] = []
    var level = 0
    for index in 0..<120 {
      if index % 30 == 0 {
        document.add(.paragraph, "Another list.")
        level = 0
      }
      level = min(level + 1, 1 + random.next(4))
      let text = random.next(6) == 0 ? "" : "item \(index)"
      let number: Int? = random.next(2) == 0 ? random.next(5) : nil
      document.item(number.map { "\($0)." } ?? "•", text, level: level, ordered: number != nil)
      wanted.append(.init(level: level, number: number, text: text))
    }
    let read = try ReferenceReader.items(try document.markdown())
    for (read, wanted) in zip(read, wanted) where read != wanted {
      Issue.record("\(wanted) came back as \(read)")
      break
    }
    #expect(read.count == wanted.count)
  }

  @Test(
    "a line that begins with a link inside the document begins no block",
    arguments: [("2. Methods … 7", "2\\. Methods … 7"), ("# 3", "\\# 3"), ("- dash", "\\- dash"), ("> 5", "\\> 5")])
  func places(text: String, wanted: String) throws {
    var document = MadeDocument()
    document.add(.paragraph, [run(text, link: "#page=7")])
    #expect(try document.markdown() == wanted + "\n")
  }

  @Test(
    "two lines of a paragraph make no table", .enabled(if: isReadable, why),
    arguments: ["--- | ---", "|---|---|", ":--|--:", "-|-", ":-: | -"])
  func delimiterRow(line: String) throws {
    var document = MadeDocument()
    document.add(.paragraph, "Name | Price\n\(line)\nmore | text")
    let read = try ReferenceReader.markdown(try document.markdown())
    #expect(read == [.init(tag: "p", text: "Name | Price\n\(line)\nmore | text")])
  }

  @Test(
    "leads nowhere but to the web, to mail and to telephones",
    arguments: ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//a.org", "x.html"])
  func schemes(link: String) throws {
    var document = MadeDocument()
    document.add(.paragraph, [run("here", link: link), run(" and "), run("there", link: "HTTPS://a.org")])
    #expect(try document.markdown() == "here and [there](HTTPS://a.org)\n")
  }
}

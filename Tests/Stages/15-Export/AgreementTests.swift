import Contracts
import DocumentModel
import Testing

@testable import Export

@Suite("Markdown and HTML")
struct AgreementTests {
  private static let why: Comment = "needs a Python with markdown-it-py and html5lib in SHEAF_TEST_PYTHON or .venv"

  @Test(
    "are read as the same texts in the same lists and quotes", .enabled(if: CommandTool.python != nil, why),
    arguments: 1...24)
  func blocks(seed: UInt64) throws {
    var random = RandomText(seed: seed &+ 500)
    let document = Self.document(&random)
    let markdown = try ReferenceReader.places(markdown: try document.markdown())
    let html = try ReferenceReader.places(html: try document.html())
    for (index, (read, wanted)) in zip(markdown, html).enumerated() where read != wanted {
      Issue.record("\(wanted) came back as \(read), behind \(html[max(0, index - 3)..<index])")
      break
    }
    #expect(markdown.count == html.count)
  }

  private static func document(_ random: inout RandomText) -> MadeDocument {
    var document = MadeDocument()
    var level = 0
    for _ in 0..<120 {
      let text = random.line()
      let choice = random.next(14)
      switch choice {
      case 0:
        document.heading(1 + random.next(7), text)
        level = 0
      case 1...5:
        level = min(level + 1, 1 + random.next(4))
        let markers = ["•", "1.", "5.", "(a)", "☐", "2.", ""]
        let marker = markers[random.next(markers.count)]
        document.item(marker, text, level: level, ordered: marker.contains { "123a".contains($0) })
      case 6, 7: document.more([.paragraph, .code, .formula][random.next(3)], text, level: 1 + random.next(4))
      case 8: document.quote(text + "\n" + random.line(), level: level > 0 && random.next(2) == 0 ? level : nil)
      case 9:
        document.add(.code, [run(text + "\n  " + random.line())])
        level = 0
      case 10:
        document.add(
          .table, [],
          table: MadeTable.plain([[text, random.line()], [random.line(), ""]], headerRows: random.next(3)))
        level = 0
      case 11:
        document.add(
          .paragraph, [run(text, link: "#page=1"), run(" "), run(random.line(), link: "https://a.org/x_y*z")])
        level = 0
      case 12:
        document.newPage()
        fallthrough
      default:
        document.add(random.next(3) == 0 ? .keyValue : .paragraph, text + "\n" + random.line() + "\n" + random.line())
        level = 0
      }
    }
    return document
  }
}

import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("Notes in the margin")
struct MarginNotesTests {
  /// Three paragraphs of eight lines, whose last lines are short.
  private func prose(_ page: inout WordPage) -> [[Int]] {
    (0..<3).map { paragraph in
      let top = 100 + 96 * Double(paragraph)
      return page.paragraph(lines: 8, left: 150, width: 350, baseline: top, tag: "text\(paragraph)")
    }
  }

  @Test("a note beside a line inside a paragraph stands apart from its sentence, before the paragraph")
  func inside() {
    var page = WordPage()
    let text = prose(&page)
    let note = page.line("margin words", left: 70, baseline: 100 + 96 + 24)
    #expect(Geometry.order(Geometry.layout(page)) == text[0] + note + text[1] + text[2])
  }

  @Test("notes in rows below each other stay together, though the first stands beside a paragraph's first line")
  func stack() {
    var page = WordPage()
    let text = prose(&page)
    let notes = (0..<3).flatMap { page.line("note\($0)", left: 100, baseline: 100 + 192 + 12 * Double($0)) }
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == text[0] + text[1] + notes + text[2])
    #expect(layout.columns.map(\.left) == [150])
  }

  @Test("a note beside the paragraph that heads the page follows it, for the paragraph may go on from the page before")
  func head() {
    var page = WordPage()
    let text = prose(&page)
    let note = page.line("margin words", left: 70, baseline: 100 + 36)
    #expect(Geometry.order(Geometry.layout(page)) == text[0] + note + text[1] + text[2])
  }

  @Test("a note right of a justified line stands apart from it")
  func right() {
    var page = WordPage()
    let text = prose(&page)
    let note = page.line("a side", left: 512, baseline: 100 + 192 + 24)
    #expect(Geometry.order(Geometry.layout(page)) == text[0] + text[1] + note + text[2])
  }

  @Test("numbers of every fifth line count lines, be they one or two", arguments: [[5], [5, 10], [35]])
  func numbers(values: [Int]) {
    var page = WordPage()
    let text = page.paragraph(lines: 14, left: 150, width: 350, baseline: 100, tag: "text")
    let numbers = values.enumerated().flatMap {
      page.line("\($1)", left: 130, baseline: 100 + 12 * Double(4 + 5 * $0), size: 7)
    }
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == text + numbers)
    #expect(layout.lineNumbers == [layout.blocks.count - 1])
  }

  @Test("numbers of a few lines with the letter of their text count lines")
  func lettered() {
    var page = WordPage()
    let text = page.paragraph(lines: 14, left: 150, width: 350, baseline: 100, tag: "text")
    let numbers = (0..<4).flatMap { page.line("\($0 + 2)R", left: 125, baseline: 112 + 12 * Double($0), size: 7) }
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == text + numbers)
    #expect(layout.lineNumbers != nil)
  }

  @Test("the labels of entries stay before them, though the entry above fills its last line")
  func labels() {
    var page = WordPage()
    var order: [Int] = []
    for entry in 0..<6 {
      let top = 100 + 48 * Double(entry)
      order += page.line("label\(entry)", left: 90, baseline: top)
      order += page.paragraph(
        lines: 4, left: 150, width: 350, baseline: top, tag: "entry\(entry)", lastShort: entry != 2)
    }
    #expect(Geometry.order(Geometry.layout(page)) == order)
  }

  @Test("a note beside the first line of a paragraph stays with it")
  func first() {
    var page = WordPage()
    var order: [Int] = []
    for paragraph in 0..<3 {
      let top = 100 + 96 * Double(paragraph)
      if paragraph == 1 { order += page.line("margin words", left: 70, baseline: top) }
      order += page.paragraph(lines: 8, left: 150, width: 350, baseline: top, tag: "text\(paragraph)")
    }
    #expect(Geometry.order(Geometry.layout(page)) == order)
  }

  @Test("a note in smaller type, whose lines lie closer than the text's, is one")
  func smallType() {
    var page = WordPage()
    let text = prose(&page)
    let note = (0..<4).flatMap { page.line("some aside", left: 80, baseline: 220 + 9.6 * Double($0), size: 8) }
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == text[0] + note + text[1] + text[2])
  }

  @Test("where some notes stand inside paragraphs, one beside a first line is a note as well")
  func company() {
    var page = WordPage()
    let text = prose(&page)
    let first = page.line("margin words", left: 70, baseline: 100 + 96)
    let second = page.line("margin words", left: 70, baseline: 100 + 192 + 36)
    #expect(Geometry.order(Geometry.layout(page)) == text[0] + first + text[1] + second + text[2])
  }

  @Test("names and telephones on lines of their own beside a letter are a column of it")
  func sideColumn() {
    var page = WordPage()
    let text = (0..<3).map { paragraph in
      page.paragraph(
        lines: 8, left: 70, width: 350, baseline: 100 + 108 * Double(paragraph), tag: "text\(paragraph)")
    }
    let side = (0..<9).flatMap { page.line("side\($0)", left: 450, baseline: 18.5 + 15.84 * Double($0), size: 7) }
    let layout = Geometry.layout(page)
    #expect(layout.marginNotes == nil)
    #expect(Geometry.order(layout).filter { !side.contains($0) } == text.joined().map { $0 })
  }

  @Test("numbers of headings stay with them")
  func headings() {
    var page = WordPage()
    let text = prose(&page)
    let note = page.line("margin words", left: 70, baseline: 100 + 96 + 24)
    let heading =
      page.line("2.1", left: 110, baseline: 420) + page.line("A name for what follows", left: 150, baseline: 420)
    let rest = page.paragraph(lines: 8, left: 150, width: 350, baseline: 444, tag: "rest")
    #expect(Geometry.order(Geometry.layout(page)) == text[0] + note + text[1] + text[2] + heading + rest)
  }
}

import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("What gutters reach beside")
struct PageCutTests {
  @Test("contents beside text are a column with their pages")
  func contentsBesideText() {
    var page = WordPage()
    let date = page.line("on that day of it", left: 250, baseline: 80)
    var contents: [Int] = []
    for row in 0..<17 {
      let y = 100 + 25.7 * Double(row)
      contents += page.line("\(row + 1)", left: 50, baseline: y)
      contents += page.line("Some of it and more", left: 66, baseline: y)
      contents += page.line("\(row / 3 + 1)", left: 275, baseline: y)
    }
    let text = page.paragraph(lines: 36, left: 300, width: 240, baseline: 100, tag: "text")
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == date + contents + text)
    #expect(layout.columns.count == 2)
  }

  @Test(
    "a heading below two short columns stands over the text that follows, not between the columns",
    arguments: [230.0, 250])
  func headingBelowColumns(baseline: Double) {
    var page = WordPage()
    let left = page.paragraph(lines: 7, left: 50, width: 235, baseline: 100, tag: "left")
    let right = page.paragraph(lines: 7, left: 310, width: 235, baseline: 103, tag: "right")
    let heading = page.line("Summary", left: 50, baseline: 210, size: 14)
    let text = page.paragraph(lines: 6, left: 50, width: 495, baseline: baseline, tag: "across")
    #expect(Geometry.order(Geometry.layout(page)) == left + right + heading + text)
  }

  @Test("the last lines of a first column that is longer than the second stay in it")
  func longerFirstColumn() {
    var page = WordPage()
    let left = page.paragraph(lines: 9, left: 50, width: 235, baseline: 100, tag: "left")
    let right = page.paragraph(lines: 7, left: 310, width: 235, baseline: 103, tag: "right")
    let text = page.paragraph(lines: 6, left: 50, width: 495, baseline: 232, tag: "across")
    #expect(Geometry.order(Geometry.layout(page)) == left + right + text)
  }

  @Test("the short last line of an abstract across the page belongs to it, and not to the first column below")
  func restOfAbstract() {
    var page = WordPage()
    let abstract = page.paragraph(lines: 3, left: 50, width: 495, baseline: 100, tag: "abstract", lastShort: false)
    let rest = page.line("as possible.", left: 50, baseline: 136)
    let words = page.line("Key words: lines and circles", left: 50, baseline: 158)
    let left = page.paragraph(lines: 20, left: 50, width: 235, baseline: 190, tag: "left")
    let right = page.paragraph(lines: 20, left: 310, width: 235, baseline: 193, tag: "right")
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == abstract + rest + words + left + right)
    #expect(layout.blocks.filter { $0.column == nil }.map(\.lines.count) == [4])
  }

  @Test("a first column right below text across the page stays whole")
  func columnBelowText() {
    var page = WordPage()
    let text = page.paragraph(lines: 3, left: 50, width: 495, baseline: 100, tag: "abstract", lastShort: false)
    let left = page.paragraph(lines: 20, left: 50, width: 235, baseline: 136, tag: "left")
    let right = page.paragraph(lines: 18, left: 310, width: 235, baseline: 170, tag: "right")
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == text + left + right)
    #expect(layout.blocks.filter { $0.column == nil }.map(\.lines.count) == [3])
  }

  @Test("contents in two columns with a line between are read column by column, each number with its title")
  func contentsInColumns() {
    var page = WordPage()
    var expected: [Int] = []
    let pages = [1, 1, 2, 4, 4, 7, 9, 9, 12, 15, 15, 18]
    for (column, left) in [50.0, 310].enumerated() {
      for row in pages.indices {
        let baseline = 100 + 14 * Double(row)
        expected += page.line("\(column + 1).\(row + 1) Some title of it", left: left, baseline: baseline)
        expected += page.line("\(pages[row] + 20 * column)", left: left + 215, baseline: baseline)
      }
    }
    let line = RulingLine(axis: .vertical, position: 292, start: 88, end: 260, thickness: 0.5)
    #expect(Geometry.order(Geometry.layout(page, rules: [line])) == expected)
  }

  @Test("the numbers of a listing's lines stay with the listing, beside another column too")
  func numberedListing() {
    var page = WordPage()
    page.fonts.append(Font(name: "Mono", monospaced: true))
    let left = page.paragraph(lines: 34, left: 50, width: 235, baseline: 100, tag: "left")
    var right: [Int] = []
    for row in 0..<8 {
      right += page.line("\(row + 1)", left: 305, baseline: 101 + 12 * Double(row), size: 6)
      right += page.line("let value = compute(\(row))", left: 318, baseline: 101 + 12 * Double(row), size: 9, font: 2)
    }
    right += page.paragraph(lines: 26, left: 305, width: 235, baseline: 101 + 12 * 9, tag: "right")
    #expect(Geometry.order(Geometry.layout(page)) == left + right)
  }
}

import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("Numbers of lines")
struct LineNumbersTests {
  /// The lines of the last block, if it stands beside those before it.
  private func numbers(_ page: WordPage) -> [String] {
    let layout = Geometry.layout(page)
    guard let last = layout.blocks.last, last.box.top < layout.blocks.dropLast().last?.box.bottom ?? 0 else {
      return []
    }
    let texts = Geometry.texts(layout, page.words)
    return last.lines.map { texts[$0] }
  }

  @Test("small numbers that count every line in the margin stand apart from the text", arguments: [1, 53, 995])
  func everyLine(first: Int) {
    var page = WordPage()
    let text = page.paragraph(lines: 40, left: 80, width: 430, baseline: 100, tag: "text")
    var numbers: [Int] = []
    for row in 0..<40 {
      let number = "\(first + row)"
      numbers += page.line(
        number, left: 60 - 3 * Double(number.count), baseline: 100 + 12 * Double(row), size: 6)
    }
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout) == text + numbers)
    #expect(layout.blocks.last?.lines.count == 40)
    #expect(layout.lineNumbers == [layout.blocks.count - 1])
    #expect(layout.blocks.last?.column == nil)
    #expect(layout.columns.first?.left == 80)
  }

  @Test("numbers at every fifth line stand apart in both columns")
  func everyFifthLine() {
    var page = WordPage()
    let left = page.paragraph(lines: 40, left: 50, width: 230, baseline: 100, tag: "left")
    let right = page.paragraph(lines: 40, left: 310, width: 230, baseline: 100, tag: "right")
    var numbers: [Int] = []
    for (column, x) in [(0, 30.0), (1, 290.0)] {
      for row in stride(from: 4, to: 40, by: 5) {
        let number = "\(100 + 40 * column + row + 1)"
        numbers += page.line(number, left: x, baseline: 100 + 12 * Double(row), size: 5)
      }
    }
    #expect(Geometry.order(Geometry.layout(page)) == left + right + numbers)
  }

  @Test("a grid of numbers runs on beside empty paper")
  func grid() {
    var page = WordPage()
    let text = page.paragraph(lines: 4, left: 80, width: 430, baseline: 100, tag: "text")
    var numbers: [Int] = []
    for row in 0..<50 { numbers += page.line("\(521 + row)", left: 50, baseline: 96 + 11 * Double(row), size: 6) }
    #expect(Geometry.order(Geometry.layout(page)) == text + numbers)
  }

  @Test("the numbers of a listing stay with their rows")
  func listing() {
    var page = WordPage()
    page.fonts.append(Font(name: "Mono", monospaced: true))
    page.paragraph(lines: 20, left: 80, width: 430, baseline: 80, tag: "text")
    for row in 0..<30 {
      page.line("\(row + 1)", left: 66, baseline: 340 + 11 * Double(row), size: 5)
      page.line("let value = compute(other, \(row))", left: 80, baseline: 340 + 11 * Double(row), font: 2)
    }
    #expect(numbers(page).isEmpty)
  }

  @Test("the numbers of an algorithm in the type of text stay with their rows")
  func algorithm() {
    var page = WordPage()
    for row in 0..<20 {
      page.line("\(row + 1)", left: 66, baseline: 100 + 12 * Double(row), size: 6)
      page.line("for each of them do", left: 80 + 10 * Double(row % 3), baseline: 100 + 12 * Double(row))
    }
    page.paragraph(lines: 25, left: 80, width: 430, baseline: 380, tag: "text")
    #expect(numbers(page).isEmpty)
  }

  @Test("the first column of a table, the entries of a list and the pages of contents are no numbers of lines")
  func others() {
    var table = WordPage()
    var list = WordPage()
    var contents = WordPage()
    for row in 0..<30 {
      let y = 100 + 14 * Double(row)
      table.line("\(row + 1)", left: 60, baseline: y)
      table.line("the name of it", left: 80, baseline: y)
      table.line("\(row * 37).50", left: 300, baseline: y)
      list.line("\(row + 1)", left: 60, baseline: 2 * y - 100)
      list.paragraph(lines: 2, left: 80, width: 430, baseline: 2 * y - 100, tag: "item \(row)")
      contents.line("A chapter with a title of some length", left: 60, baseline: y)
      contents.line("\(row / 2 + 1)", left: 500, baseline: y)
    }
    #expect(numbers(table).isEmpty)
    #expect(numbers(list).isEmpty)
    #expect(numbers(contents).isEmpty)
  }

  @Test("pages that dots lead to are no numbers of lines, though each entry has a page of its own")
  func leaders() {
    var page = WordPage()
    for row in 0..<30 {
      let baseline = 100 + 13 * Double(row)
      let title = row % 3 == 0 ? "7.1 Entry of some length" : "7.1.2 Short one"
      let end = page.line(title, left: 90, baseline: baseline).last.map { page.words[$0].box.right } ?? 90
      for x in stride(from: 430, to: end, by: -4.5) {
        page.put(".", left: x - 2.5, baseline: baseline, width: 2.5, size: 10)
      }
      page.line("\(115 + row + row / 7)", left: 435, baseline: baseline)
    }
    let layout = Geometry.layout(page)
    #expect(layout.lineNumbers == nil)
    #expect(Geometry.texts(layout, page.words).count == 30)
  }

  @Test("small numbers of a few items that fill a page, as slides have them, stay with their items")
  func items() {
    var page = WordPage()
    var items: [Int] = []
    for row in 0..<8 {
      let baseline = 100 + 40 * Double(row)
      items += page.line("\(row + 1)", left: 50, baseline: baseline - 1, size: 8)
      let text = "Compare both with the tool" + String(repeating: " again", count: row)
      items += page.line(text, left: 70, baseline: baseline, size: 12)
    }
    let layout = Geometry.layout(page)
    #expect(layout.lineNumbers == nil)
    #expect(Geometry.order(layout) == items)
  }

  @Test("marks of footnotes stay with their notes")
  func footnotes() {
    var page = WordPage()
    page.paragraph(lines: 30, left: 80, width: 430, baseline: 100, tag: "text")
    for row in 0..<8 {
      page.line("\(row + 1)", left: 80, baseline: 496 + 10 * Double(row), size: 5)
      page.paragraph(
        lines: 1, left: 83, width: 420, baseline: 500 + 10 * Double(row), size: 8, tag: "note \(row)", lastShort: false)
    }
    #expect(numbers(page).isEmpty)
  }

  @Test("numbers that end the names of items stay with them", arguments: ["Item", "Item No.", "Test case"])
  func items(name: String) {
    var page = WordPage()
    page.line("Invoice No: 912345678", left: 60, baseline: 120)
    for (row, amount) in ["9.95", "20.00", "19.95", "123.00", "99.95"].enumerated() {
      let baseline = 300 + 14 * Double(row)
      page.line("\(2 + 3 * (row % 2))", left: 60, baseline: baseline)
      let end = page.line(name, left: 150, baseline: baseline).last.map { page.words[$0].box.right } ?? 150
      page.line("\(row + 1)", left: end + 4.5, baseline: baseline)
      page.line(amount, left: 420, baseline: baseline)
    }
    let layout = Geometry.layout(page)
    #expect(layout.lineNumbers == nil)
    #expect(Geometry.texts(layout, page.words).contains { $0.contains("\(name) 4") })
  }

  @Test("a page of thousands of numbers is done in one breath")
  func manyNumbers() {
    var page = WordPage(width: 2_400, height: 1_200)
    for row in 0..<95 {
      for column in 0..<40 {
        page.line("\(row + column)", left: 30 + 45 * Double(column), baseline: 20 + 12 * Double(row))
      }
    }
    page.paragraph(lines: 95, left: 1_900, width: 430, baseline: 20, tag: "text")
    #expect(Geometry.layout(page).lines.count > 0)
  }
}

import DocumentModel
import Testing

@testable import Layout

@Suite("Authors side by side")
struct BylineGridTests {
  /// Lines of a stack, centred on an axis.
  private func stack(_ page: inout WordPage, _ texts: [String], middle: Double, baseline: Double) -> [Int] {
    texts.enumerated().flatMap { row, text -> [Int] in
      let words = text.split(separator: " ")
      let letters = words.reduce(0) { $0 + $1.unicodeScalars.count }
      let width = 10 * (WordPage.letterWidth * Double(letters) + WordPage.space * Double(words.count - 1))
      return page.line(text, left: middle - width / 2, baseline: baseline + 12 * Double(row))
    }
  }

  private let names = [
    ["Ada First", "Institute for Numbers", "London"], ["Bo Second", "Department of Other Things", "bo@example.org"],
    ["Cy Third", "School of Music", "Rome"], ["Di Fourth", "A House by the Sea", "Naples", "di@example.org"],
  ]

  @Test("authors over two columns are read one after the other, before the text")
  func overColumns() {
    var page = WordPage()
    let title = page.line("A Title for All of Them", left: 165, baseline: 80, size: 20)
    var authors: [Int] = []
    for (index, name) in names.enumerated() {
      authors += stack(
        &page, name, middle: index % 2 == 0 ? 170 : 425, baseline: 120 + 60 * Double(index / 2))
    }
    let left = page.paragraph(lines: 35, left: 50, width: 240, baseline: 260, tag: "left")
    let right = page.paragraph(lines: 35, left: 305, width: 240, baseline: 262, tag: "right")
    #expect(Geometry.order(Geometry.layout(page)) == title + authors + left + right)
  }

  @Test("what stands beside the grid without being of it is told all the same", arguments: [20.0, 560])
  func beside(left: Double) {
    var page = WordPage()
    page.line("A Title for All of Them", left: 165, baseline: 80, size: 20)
    // The foot of a tall letter whose head stands beside the title.
    page.put("J", left: left, baseline: 150, width: 15, size: 90)
    for (index, name) in names.enumerated() {
      _ = stack(&page, name, middle: index % 2 == 0 ? 170 : 425, baseline: 120 + 60 * Double(index / 2))
    }
    page.paragraph(lines: 35, left: 50, width: 240, baseline: 260, tag: "left")
    page.paragraph(lines: 35, left: 305, width: 240, baseline: 262, tag: "right")
    #expect(Geometry.order(Geometry.layout(page)).sorted() == Array(page.words.indices))
  }

  @Test("authors over one column are read one after the other")
  func overText() {
    var page = WordPage()
    let title = page.line("A Title for All of Them", left: 165, baseline: 80, size: 20)
    let authors = (0..<3).flatMap { stack(&page, names[$0], middle: 130 + 170 * Double($0), baseline: 120) }
    let text = page.paragraph(lines: 35, left: 50, width: 495, baseline: 200, tag: "text")
    #expect(Geometry.order(Geometry.layout(page)) == title + authors + text)
  }

  @Test("one author of two houses comes before both")
  func twoHouses() {
    var page = WordPage()
    let title = page.line("A Title for All of Them", left: 165, baseline: 80, size: 20)
    let name = stack(&page, ["Ada First"], middle: 297, baseline: 120)
    let houses = stack(&page, names[1], middle: 170, baseline: 132) + stack(&page, names[2], middle: 425, baseline: 132)
    let text = page.paragraph(lines: 35, left: 50, width: 495, baseline: 220, tag: "text")
    #expect(Geometry.order(Geometry.layout(page)) == title + name + houses + text)
  }

  @Test("a table under a title is read row by row")
  func table() {
    var page = WordPage()
    var expected = page.line("Figures of the Year", left: 200, baseline: 80, size: 20)
    for row in 0..<5 {
      for (column, text) in ["item \(row) of them", "\(row * 371)", "\(row * 97).25"].enumerated() {
        expected += stack(&page, [text], middle: 130 + 170 * Double(column), baseline: 120 + 12 * Double(row))
      }
    }
    expected += page.paragraph(lines: 35, left: 50, width: 495, baseline: 220, tag: "text")
    #expect(Geometry.order(Geometry.layout(page)) == expected)
  }

  @Test("labels and values under a title are read line by line")
  func form() {
    var page = WordPage()
    var expected = page.line("An Application", left: 220, baseline: 80, size: 20)
    for row in 0..<4 {
      expected += page.line(["Name", "Address", "Town", "Telephone"][row], left: 60, baseline: 120 + 14 * Double(row))
      expected += page.line("what was written there", left: 250, baseline: 120 + 14 * Double(row))
    }
    expected += page.paragraph(lines: 35, left: 50, width: 495, baseline: 220, tag: "text")
    #expect(Geometry.order(Geometry.layout(page)) == expected)
  }
}

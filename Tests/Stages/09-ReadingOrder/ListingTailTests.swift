import Contracts
import DocumentModel
import StageKit
import Testing

@testable import ReadingOrder

@Suite("Reading order: listings over pages")
struct ListingTailTests {
  /// A listing of lines as they are given; letters are 6 points wide.
  private func listing(
    _ pages: inout PagesBuilder, _ text: String, page: Int, y: Double, x: Double = 50, column: Int? = nil,
    size: Double = 10, bottom: Double? = nil
  ) {
    var words: [Int] = []
    var starts: [Int] = []
    for (place, scalar) in text.unicodeScalars.enumerated() where scalar.properties.isAlphabetic {
      words.append(words.count)
      starts.append(place)
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let width = 6 * Double(lines.map { $0.unicodeScalars.count }.max() ?? 0)
    pages.element(
      Element(
        kind: .code,
        box: BoundingBox(left: x, top: y, right: x + width, bottom: bottom ?? y + 12 * Double(lines.count)),
        column: column, runs: [TextRun(text: text, words: words, starts: starts)], typography: Typography(size: size)),
      page: page)
  }

  @Test("a listing that fills its page goes on at the head of the next, blank lines and indents kept")
  func overPages() throws {
    var pages = PagesBuilder()
    listing(&pages, "a:\n\n  b", page: 1, y: 700)
    listing(&pages, "c\n\n  d", page: 2, y: 60, x: 62, bottom: 740)
    listing(&pages, "e", page: 3, y: 60)
    pages.text(.paragraph, "After it.", page: 3, y: 100)
    let output = try pages.read()
    #expect(output.entries.map(\.elements.count) == [3, 1])
    #expect(output.entries[0].joins == [.lines, .lines])
    #expect(try pages.texts(output)[0] == "a:\n\n  b\n  c\n\n    d\ne")
  }

  @Test("the words of what goes on stand where its text does")
  func words() throws {
    var pages = PagesBuilder()
    listing(&pages, "a\n  b", page: 1, y: 700)
    listing(&pages, "c\nd", page: 2, y: 60, x: 62)
    let output = try pages.read()
    let reader = ElementReader(EveryPage(unit: UnitID(.sections), artifacts: try pages.artifacts()))
    let text = try EntryText(output.entries[0], reader: reader)
    let scalars = Array(text.text.unicodeScalars)
    let letters = text.pieces.flatMap { piece in piece.run.starts.map { String(scalars[piece.start + $0]) } }
    #expect(letters == ["a", "b", "c", "d"])
    #expect(text.length == scalars.count)
  }

  @Test("a listing of many pages is cut after eight")
  func many() throws {
    var pages = PagesBuilder()
    for page in 1...20 { listing(&pages, "a", page: page, y: 60, bottom: 740) }
    #expect(try pages.read().entries.map(\.elements.count) == [8, 8, 4])
  }

  @Test("the margin of another page is no indent")
  func margins() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: [BoundingBox(left: 50, top: 50, right: 500, bottom: 750)])
    listing(&pages, "a", page: 1, y: 740, column: 0)
    pages.page(2, columns: [BoundingBox(left: 86, top: 50, right: 536, bottom: 750)])
    listing(&pages, "b", page: 2, y: 60, x: 86, column: 0)
    #expect(try pages.texts(pages.read()) == ["a\nb"])
  }

  @Test(
    "another listing is another: in another size, further out, below a text, after room was left or a page is missing")
  func another() throws {
    func count(_ make: (inout PagesBuilder) -> Void) throws -> Int {
      var pages = PagesBuilder()
      make(&pages)
      return try pages.read().entries.filter { $0.elements.count > 1 }.count
    }
    #expect(
      try count {
        listing(&$0, "a", page: 1, y: 740)
        listing(&$0, "b", page: 2, y: 60, size: 12)
      } == 0)
    #expect(
      try count {
        listing(&$0, "a", page: 1, y: 740, x: 80)
        listing(&$0, "b", page: 2, y: 60)
      } == 0)
    #expect(
      try count {
        listing(&$0, "a", page: 1, y: 740)
        $0.text(.paragraph, "Then.", page: 2, y: 50)
        listing(&$0, "b", page: 2, y: 100)
      } == 0)
    #expect(
      try count {
        listing(&$0, "a", page: 1, y: 400)
        listing(&$0, "b", page: 2, y: 60)
      } == 0)
    #expect(
      try count {
        listing(&$0, "a", page: 1, y: 740)
        $0.gaps[2] = .crashed
        listing(&$0, "b", page: 3, y: 60)
      } == 0)
  }
}

import Contracts
import DocumentModel
import StageKit
import Testing

@testable import ReadingOrder

@Suite("Reading order: lists over pages")
struct ListFlowTests {
  /// An item whose text begins 15 points behind its marker.
  private func item(
    _ pages: inout PagesBuilder, _ level: Int, x: Double, page: Int, y: Double = 100, column: Int? = nil
  ) {
    pages.text(
      .listItem, "Item", page: page, y: y, column: column, x: x, width: 200, lines: 1,
      marker: ListMarker(ordered: false, marker: "•", level: level, textLeft: x + 15))
  }

  private func levels(_ pages: PagesBuilder) throws -> [Int?] { try pages.read().entries.map(\.listLevel) }

  @Test("items of an inner list at the head of a page keep their level, and those after them theirs")
  func innerList() throws {
    var pages = PagesBuilder()
    item(&pages, 1, x: 50, page: 1)
    item(&pages, 2, x: 80, page: 1, y: 120)
    item(&pages, 1, x: 80, page: 2)
    item(&pages, 2, x: 110, page: 2, y: 120)
    item(&pages, 1, x: 80, page: 2, y: 140)
    item(&pages, 1, x: 50, page: 2, y: 160)
    #expect(try levels(pages) == [nil, nil, 2, 3, 2, nil])
  }

  @Test("parts of the last item that begin at the head of a page are an inner list below its text")
  func innerListBegins() throws {
    func number(_ pages: inout PagesBuilder, _ marker: String, x: Double, page: Int, y: Double = 100) {
      pages.text(
        .listItem, "Item", page: page, y: y, x: x, width: 200, lines: 1,
        marker: ListMarker(ordered: true, marker: marker, level: 1, textLeft: x + 26))
    }
    for (whole, parts, wanted) in [
      ("5.10", ["5.10.1", "5.10.2", "5.11"], [nil, 2, 2, nil]),
      ("5.9", ["5.10.1", "5.10.2", "5.11"], [nil, nil, nil, nil]),
    ] as [(String, [String], [Int?])] {
      var pages = PagesBuilder()
      number(&pages, whole, x: 87, page: 1)
      for (row, part) in parts.enumerated() {
        number(&pages, part, x: part == "5.11" ? 87 : 113, page: 2, y: 100 + 12 * Double(row))
      }
      #expect(try levels(pages) == wanted)
    }
  }

  @Test("a page with another margin is measured from its column")
  func margins() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: [BoundingBox(left: 50, top: 50, right: 500, bottom: 750)])
    item(&pages, 1, x: 60, page: 1, column: 0)
    item(&pages, 2, x: 80, page: 1, y: 120, column: 0)
    pages.page(2, columns: [BoundingBox(left: 85, top: 50, right: 535, bottom: 750)])
    item(&pages, 1, x: 115, page: 2, column: 0)
    item(&pages, 2, x: 135, page: 2, y: 120, column: 0)
    #expect(try levels(pages) == [nil, nil, 2, 3])
  }

  @Test("a paragraph at the edge of an item's text belongs to it, and the list goes on")
  func furtherParagraph() throws {
    var pages = PagesBuilder()
    pages.text(.paragraph, "Steps.", page: 1, y: 50, x: 50)
    item(&pages, 1, x: 60, page: 1)
    pages.text(.paragraph, "More of it.", page: 1, y: 120, x: 75, width: 200)
    item(&pages, 2, x: 90, page: 1, y: 140)
    pages.text(.code, "run", page: 1, y: 160, x: 117, width: 200)
    pages.text(.paragraph, "Of the outer one.", page: 1, y: 180, x: 75, width: 200)
    item(&pages, 1, x: 60, page: 1, y: 200)
    pages.text(.paragraph, "After the list.", page: 1, y: 220, x: 50)
    pages.text(.paragraph, "A quote.", page: 1, y: 240, x: 75)
    #expect(try levels(pages) == [nil, nil, 1, nil, 2, 1, nil, nil, nil])
  }

  @Test("a paragraph at an item's edge belongs to it over a page, with another margin too")
  func overPages() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: [BoundingBox(left: 50, top: 50, right: 500, bottom: 750)])
    item(&pages, 1, x: 60, page: 1, column: 0)
    pages.page(2, columns: [BoundingBox(left: 85, top: 50, right: 535, bottom: 750)])
    pages.text(.paragraph, "More of it.", page: 2, y: 60, column: 0, x: 110, width: 200)
    item(&pages, 1, x: 95, page: 2, y: 100, column: 0)
    pages.text(.paragraph, "After it.", page: 2, y: 120, column: 0, x: 85, width: 200)
    pages.text(.paragraph, "Indented.", page: 2, y: 140, column: 0, x: 110, width: 200)
    #expect(try levels(pages) == [nil, 1, nil, nil, nil])
  }

  @Test("where the page's text or its listings stand at the edge of the items' text, they belong to no item")
  func hangingMarkers() throws {
    var pages = PagesBuilder()
    pages.text(.heading, "Head", page: 1, y: 40, x: 50, lines: 1)
    pages.text(.paragraph, "The text of the page stands in from its headings.", page: 1, y: 60, x: 75)
    pages.text(.code, "run", page: 1, y: 80, x: 95)
    item(&pages, 1, x: 60, page: 1)
    pages.text(.paragraph, "Another paragraph of the page.", page: 1, y: 120, x: 75)
    item(&pages, 1, x: 60, page: 1, y: 140)
    pages.text(.code, "run again", page: 1, y: 160, x: 95)
    #expect(try levels(pages) == [nil, nil, nil, nil, nil, nil, nil])
  }

  @Test("a quote that keeps away from both edges belongs to no item")
  func quote() throws {
    var pages = PagesBuilder()
    pages.page(1, columns: [BoundingBox(left: 50, top: 50, right: 500, bottom: 750)])
    pages.text(.paragraph, "Text as wide as the page.", page: 1, y: 50, column: 0, x: 50, width: 450)
    item(&pages, 1, x: 65, page: 1, column: 0)
    pages.text(.paragraph, "A quote of three lines.", page: 1, y: 120, column: 0, x: 80, width: 390)
    pages.text(.paragraph, "More of the item, as wide as the page.", page: 1, y: 180, column: 0, x: 80, width: 415)
    #expect(try levels(pages) == [nil, nil, nil, 1])
  }

  @Test("a list ends with the text after it, with a page left out, and where its items stand nowhere above")
  func ends() throws {
    var text = PagesBuilder()
    item(&text, 1, x: 50, page: 1)
    item(&text, 2, x: 80, page: 1, y: 120)
    text.text(.heading, "More", page: 1, y: 140, lines: 1)
    item(&text, 1, x: 80, page: 2)
    #expect(try levels(text) == [nil, nil, nil, nil])
    var gap = PagesBuilder()
    item(&gap, 1, x: 50, page: 1)
    item(&gap, 2, x: 80, page: 1, y: 120)
    gap.gaps[2] = .crashed
    item(&gap, 1, x: 80, page: 3)
    #expect(try levels(gap) == [nil, nil, nil])
    var elsewhere = PagesBuilder()
    item(&elsewhere, 1, x: 50, page: 1)
    item(&elsewhere, 1, x: 65, page: 2)
    #expect(try levels(elsewhere) == [nil, nil])
  }
}

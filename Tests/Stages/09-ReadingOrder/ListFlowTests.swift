import Contracts
import DocumentModel
import StageKit
import Testing

@testable import ReadingOrder

@Suite("Reading order: lists over pages")
struct ListFlowTests {
  private func item(
    _ pages: inout PagesBuilder, _ level: Int, x: Double, page: Int, y: Double = 100, column: Int? = nil
  ) {
    pages.text(
      .listItem, "Item", page: page, y: y, column: column, x: x, width: 200, lines: 1,
      marker: ListMarker(ordered: false, marker: "•", level: level))
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

import Contracts
import DocumentModel
import Testing

@testable import Assembly

/// Prose whose full lines run from 50 to 275, and texts between that stand elsewhere.
@Suite("Block quotes")
struct BlockQuoteTests {
  private static let wide = "words of the text run on to the end of line, and so"
  private static let narrow = "words of another go on for less"
  private static let long = "words of another go on as far as all the text"

  private static func page() -> PageBuilder {
    var page = PageBuilder()
    page.columns = [BoundingBox(left: 50, top: 40, right: 350, bottom: 700)]
    return page
  }

  private static func text(_ page: inout PageBuilder, y: Double) {
    page.region(.paragraph, [wide, wide, wide, "and it ends."], y: y, column: 0)
  }

  private static func quotes(_ page: PageBuilder) throws -> [Bool] {
    try page.assemble().elements.map { $0.isQuote ?? false }
  }

  @Test("a text that keeps away from both edges of the column is a quote")
  func insetOnBothSides() throws {
    var page = Self.page()
    Self.text(&page, y: 100)
    page.region(.paragraph, [Self.narrow, Self.narrow, "it says."], x: 80, y: 160, column: 0)
    Self.text(&page, y: 210)
    #expect(try Self.quotes(page) == [false, true, false])
  }

  @Test("a quote of several paragraphs that no white parts is one")
  func paragraphsWithin() throws {
    var page = Self.page()
    Self.text(&page, y: 100)
    let rows = [Self.narrow, Self.narrow, Self.narrow, "it says.", Self.narrow, Self.narrow, Self.narrow, "it says."]
    page.region(.paragraph, rows, x: 80, y: 160, column: 0)
    Self.text(&page, y: 270)
    Self.text(&page, y: 330)
    #expect(try Self.quotes(page) == [false, true, false, false])
  }

  @Test("in ragged type its rows end where the next word had room, and those of a text that is only indented do not")
  func ragged() throws {
    var page = Self.page()
    Self.text(&page, y: 100)
    page.region(
      .paragraph, [Self.narrow + " by", Self.narrow, Self.narrow + " on", "it says."], x: 80, y: 160, column: 0)
    Self.text(&page, y: 220)
    page.region(.paragraph, [Self.long, Self.long + " and", Self.long, "it says."], x: 80, y: 280, column: 0)
    Self.text(&page, y: 340)
    #expect(try Self.quotes(page) == [false, true, false, false, false])
  }

  @Test("a short text is one where a longer quote stands at its edge, and none by itself")
  func short() throws {
    var page = Self.page()
    Self.text(&page, y: 100)
    page.region(.paragraph, ["One line of a few words."], x: 80, y: 160, column: 0)
    Self.text(&page, y: 180)
    #expect(try Self.quotes(page) == [false, false, false])
    page.region(.paragraph, [Self.narrow, Self.narrow, "it says."], x: 80, y: 240, column: 0)
    Self.text(&page, y: 290)
    #expect(try Self.quotes(page) == [false, true, false, true, false])
  }

  @Test("below a heading, as abstracts stand, and beside a picture a text is none")
  func abstractsAndFloats() throws {
    var page = Self.page()
    page.region(.heading, ["Abstract"], x: 150, y: 80, column: 0)
    page.region(.paragraph, [Self.narrow, Self.narrow, "it says."], x: 80, y: 100, column: 0)
    Self.text(&page, y: 150)
    page.region(.paragraph, [Self.narrow, Self.narrow, "it says."], x: 80, y: 210, column: 0)
    let box = BoundingBox(left: 230, top: 200, right: 280, bottom: 240)
    page.figures.append(
      Figure(
        kind: .image, box: box, file: "f.png", mediaType: "image/png", pixels: nil, caption: nil, lines: []))
    Self.text(&page, y: 260)
    let elements = try page.assemble().elements
    #expect(elements.count == 6)
    #expect(elements.allSatisfy { $0.isQuote == nil })
  }

  @Test(
    "a bar beside a text that stands in makes it a quote; a frame, or a bar as tall as the column, does not",
    arguments: [
      ([[60.0, 150.0, 190.0]], true), ([[60, 150, 190], [345, 150, 190]], false), ([[60, 60, 600]], false),
    ])
  func bars(bars: [[Double]], isQuote: Bool) throws {
    var page = Self.page()
    Self.text(&page, y: 100)
    page.region(.paragraph, [Self.long, Self.long, "it says."], x: 70, y: 160, column: 0)
    Self.text(&page, y: 210)
    page.rules = bars.map {
      RulingLine(axis: .vertical, position: $0[0], start: $0[1], end: $0[2], thickness: 2)
    }
    #expect(try Self.quotes(page) == [false, isQuote, false])
  }

  @Test("a line between columns is no bar, wherever the text of another band begins")
  func columnRule() throws {
    var page = Self.page()
    Self.text(&page, y: 60)
    page.region(.paragraph, [Self.wide, Self.wide, "it says."], x: 60, y: 260, column: 0)
    page.rules = [RulingLine(axis: .vertical, position: 52, start: 245, end: 295, thickness: 1)]
    #expect(try Self.quotes(page) == [false, false])
  }
}

import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("Stamps across a page")
struct WatermarkTests {
  private static let page = PageSize(width: 600, height: 800)

  private static func word(
    _ text: String, _ left: Double, _ top: Double, size: Double = 10, color: String? = nil
  ) -> Word {
    Word(
      text: text,
      box: BoundingBox(left: left, top: top, right: left + 0.5 * size * Double(text.count), bottom: top + size),
      source: .textLayer, font: size > 20 ? 1 : 0, size: size, color: color)
  }

  /// Ten lines of text down the page.
  private static let text = (0..<10).flatMap { line in
    (0..<9).map { word("word", 60 + 50 * Double($0), 300 + 14 * Double(line)) }
  }

  /// Letters that climb to the right, as a text layer has them: one or two at a time.
  private static func slanted(_ pieces: [String], size: Double = 48, color: String?) -> [Word] {
    pieces.enumerated().map { word($1, 150 + 40 * Double($0), 460 - 36 * Double($0), size: size, color: color) }
  }

  private static func stamp(_ words: [Word]) -> [Int] {
    WordSieve.sift(words, page: page, isBlank: nil).dropped.filter { $0.reason == .watermark }.map(\.word)
  }

  @Test("pale letters on a slant are one, wherever they lie; dark ones where they cross the text")
  func slanted() {
    let pieces = ["M", "el", "la", "no", "x"]
    let all = Array(90..<95)
    #expect(Self.stamp(Self.text + Self.slanted(pieces, color: "bfbfbf")) == all)
    #expect(Self.stamp(Self.text + Self.slanted(pieces, color: nil)) == all)
    let apart = Self.text.map { Self.word($0.text, $0.box.left, $0.box.top + 300) }
    #expect(Self.stamp(apart + Self.slanted(pieces, color: "bfbfbf")) == all)
    #expect(Self.stamp(apart + Self.slanted(pieces, color: nil)).isEmpty)
  }

  @Test("a pale word behind the text is one; a heading, a dark word and a pale word beside the text are not")
  func upright() {
    #expect(Self.stamp(Self.text + [Self.word("DRAFT", 100, 320, size: 120, color: "dddddd")]) == [90])
    #expect(Self.stamp(Self.text + [Self.word("DRAFT", 100, 320, size: 120)]).isEmpty)
    #expect(Self.stamp(Self.text + [Self.word("Report", 100, 100, size: 60, color: "dddddd")]).isEmpty)
  }

  @Test("initials down a column, figures in a row and small letters on a slant are none")
  func others() {
    let initials = (0..<6).map { Self.word("A", 60, 40 + 60 * Double($0), size: 40, color: "aaaaaa") }
    let figures = (0..<6).map { Self.word("\($0)", 60 + 60 * Double($0), 40, size: 40, color: "aaaaaa") }
    for others in [initials, figures, Self.slanted(["Ja", "Fe", "Ma", "Ap"], size: 9, color: "bfbfbf")] {
      #expect(Self.stamp(Self.text.map { Self.word($0.text, $0.box.left, $0.box.top + 200) } + others).isEmpty)
    }
  }
}

import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("Generated pages")
struct GeneratedPageTests {
  /// Words thrown on a page without any order.
  private func scattered(seed: UInt64, count: Int) -> WordPage {
    var generator = WordGenerator(seed: seed)
    var page = WordPage()
    for _ in 0..<count {
      let size = Double(generator.number(5...30))
      let text = generator.word()
      page.put(
        text, left: Double(generator.number(0...560)), baseline: Double(generator.number(20...830)),
        width: Double(text.count) * size / 2, size: size,
        turn: QuarterTurn.allCases[generator.number(0...20) % 20 == 0 ? 1 : 0])
    }
    return page
  }

  @Test("every word is in exactly one line or dropped, every line in exactly one block", arguments: 1...40)
  func nothingLost(seed: Int) {
    let page = scattered(seed: UInt64(seed), count: 20 * seed)
    let layout = Geometry.layout(page)
    let seen = Geometry.order(layout) + layout.dropped.map(\.word)
    #expect(seen.sorted() == Array(page.words.indices))
    #expect(layout.blocks.flatMap(\.lines) == Array(layout.lines.indices))
  }

  @Test("within a column lines follow each other downwards", arguments: 1...20)
  func downwards(seed: Int) {
    var generator = WordGenerator(seed: UInt64(seed))
    var page = WordPage()
    let columns = generator.number(1...3)
    let width = (500 - 20 * Double(columns - 1)) / Double(columns)
    for column in 0..<columns {
      var y = 100.0
      while y < 700 {
        let lines = generator.number(5...14)
        page.paragraph(
          lines: lines, left: 45 + Double(column) * (width + 20), width: width, baseline: y,
          tag: "\(seed) \(column) \(y)")
        y += 12 * Double(lines) + Double(generator.number(0...12))
      }
    }
    let layout = Geometry.layout(page)
    #expect(layout.columns.count == columns)
    for column in 0..<columns {
      let baselines = layout.blocks.filter { $0.column == column }.flatMap(\.lines).map { layout.lines[$0].baseline }
      #expect(baselines == baselines.sorted())
    }
    #expect(Geometry.order(layout) == Array(page.words.indices))
  }

  @Test("the same words give the same layout, however often")
  func deterministic() {
    let page = scattered(seed: 99, count: 500)
    #expect(Geometry.layout(page) == Geometry.layout(page))
  }

  @Test("fifty thousand words are laid out in time that a page may take", .timeLimit(.minutes(10)))
  func dense() {
    var page = WordPage(width: 6000, height: 8000)
    for column in 0..<10 {
      page.paragraph(lines: 640, left: 50 + 590 * Double(column), width: 570, baseline: 100, tag: "dense \(column)")
    }
    #expect(page.words.count > 50_000)
    let layout = Geometry.layout(page)
    #expect(Geometry.order(layout).count == page.words.count)
  }

  @Test("words heaped on one place, of no extent, or of absurd extent do no harm")
  func hostile() {
    var page = WordPage()
    for index in 0..<3_000 { page.put("w\(index)", left: 100, baseline: 100, width: 30, size: 10) }
    page.put("flat", left: 10, baseline: 300, width: 0, size: 0)
    page.add(
      Word(
        text: "huge", box: BoundingBox(left: -1e12, top: -1e12, right: 1e12, bottom: 1e12), source: .textLayer,
        size: 1e12))
    page.add(
      Word(
        text: "none", box: BoundingBox(left: .nan, top: 0, right: .infinity, bottom: 5), source: .textLayer, size: .nan)
    )
    let layout = Geometry.layout(page)
    let seen = Geometry.order(layout) + layout.dropped.map(\.word)
    #expect(seen.sorted() == Array(page.words.indices))
  }

  @Test("a page without words has no lines")
  func empty() {
    let layout = Geometry.layout(WordPage())
    #expect(layout.lines.isEmpty && layout.blocks.isEmpty && layout.columns.isEmpty)
  }
}

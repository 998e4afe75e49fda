import Contracts
import DocumentModel
import Testing

@testable import Layout

@Suite("Words that a reader does not see")
struct WordSieveTests {
  private let page = PageSize(width: 600, height: 800)

  private func word(_ text: String, _ left: Double, _ top: Double, height: Double = 10) -> Word {
    Word(
      text: text, box: BoundingBox(left: left, top: top, right: left + 40, bottom: top + height), source: .textLayer,
      size: height)
  }

  @Test("double printing, text beyond the page, tiny text and pieces of frames are dropped with the reason")
  func reasons() {
    let words = [
      word("bold", 100, 100), word("bold", 100.4, 100.2), word("bold", 100, 300), word("gone", 650, 100),
      word("speck", 100, 400, height: 0.5), word("\u{E001}\u{E002}", 100, 500), word("\u{F0B7}", 100, 600),
    ]
    let (kept, dropped) = WordSieve.sift(words, page: page, isBlank: nil)
    #expect(kept == [0, 2, 6])
    #expect(dropped.map(\.word) == [1, 3, 4, 5])
    #expect(dropped.map(\.reason) == [.duplicate, .offPage, .tooSmall, .notText])
  }

  @Test("signs of no width by themselves are invisible, and part no lines; within a word they stay")
  func zeroWidth() {
    var page = WordPage()
    page.line("I believe it is important to understand what that is", left: 72, baseline: 100)
    page.line("which we can measure the greenness, which is the task", left: 72, baseline: 114)
    page.line("at hand.", left: 72, baseline: 128)
    // As high as the line, yet lower: the sign comes from another font.
    page.add(
      Word(
        text: "\u{200B}", box: BoundingBox(left: 200, top: 106, right: 200, bottom: 124), source: .textLayer, size: 14))
    page.line("zero\u{200B}width \u{AD} \u{200C}", left: 72, baseline: 142)
    let sifted = WordSieve.sift(page.words, page: page.size, isBlank: nil)
    #expect(sifted.dropped.map(\.reason) == [.invisible])
    #expect(sifted.dropped.first.map { page.words[$0.word].text } == "\u{200B}")
    let layout = PageGeometry(size: page.size, words: page.output(), rules: [], images: [], columns: .auto)
      .output { _ in false }
    #expect(layout.blocks.count == 1)
  }

  @Test("text that leaves no mark on the raster is invisible; recognised text never is")
  func invisible() {
    let hidden = word("white", 100, 100)
    let read = Word(text: "seen", box: hidden.box, source: .recognition, size: 10)
    let (kept, dropped) = WordSieve.sift([hidden, read], page: page) { $0.left < 200 }
    #expect(kept == [1])
    #expect(dropped == [DroppedWord(word: 0, reason: .invisible)])
  }

  @Test("words in a font that could not be drawn are kept, but for white ones; those in a font that was drawn are not")
  func damagedFont() {
    func word(_ text: String, _ left: Double, font: Int?, color: String? = nil) -> Word {
      Word(
        text: text, box: BoundingBox(left: left, top: 100, right: left + 40, bottom: 110), source: .textLayer,
        font: font,
        size: 10, color: color)
    }
    let words = [
      word("lost", 100, font: 0), word("white", 150, font: 0, color: "ffffff"), word("drawn", 300, font: 1),
      word("hidden", 200, font: 1), word("unknown", 20, font: nil), word("lies", 60, font: 0),
      word("over", 400, font: 0),
    ]
    func kept(_ undrawn: Undrawn) -> [Int] {
      WordSieve.sift(words, page: page, undrawn: undrawn) { $0.left < 250 }.kept
    }
    #expect(kept(.nothing) == [2, 6])
    #expect(kept(.fonts) == [0, 2, 5, 6])
    #expect(kept(.anything) == [0, 2, 3, 4, 5, 6])
    #expect(kept(Undrawn([.fontUnreadable, .imageReduced])) == [0, 2, 5, 6])
    #expect(kept(Undrawn([.drawingIncomplete])) == [0, 2, 3, 4, 5, 6])
    #expect(kept(Undrawn([.imageReduced])) == [2, 6])
  }

  @Test("of a scan's layer a word beside the print stays with its line, one far from all is invisible")
  func besidePrint() {
    let words = [word("The", 100, 100), word("Tower", 145, 100), word("1", 190, 100), word("stray", 400, 100)]
    func isBlank(_ box: BoundingBox) -> Bool { box.left > 180 }
    let scan = WordSieve.sift(words, page: page, isScan: true, isBlank: isBlank)
    #expect(scan.kept == [0, 1, 2])
    #expect(scan.dropped == [DroppedWord(word: 3, reason: .invisible)])
    #expect(WordSieve.sift(words, page: page, isBlank: isBlank).kept == [0, 1])
  }

  @Test("ten thousand copies of one word leave one of each place")
  func manyCopies() {
    let words = (0..<10_000).map { word("again", 100, 100 + Double($0 % 20) * 20) }
    #expect(WordSieve.sift(words, page: page, isBlank: nil).kept.count == 20)
  }
}

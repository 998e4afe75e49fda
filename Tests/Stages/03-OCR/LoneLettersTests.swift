import CLeptonica
import Contracts
import DocumentModel
import Leptonica
import Testing

@testable import OCR

@Suite("OCR: letters that stand alone")
struct LoneLettersTests {
  /// Lines of text with something far to the right of each, as contents and accounts have it.
  private func page(_ column: [String], font size: Int32 = 8) throws -> PrintedPage {
    let page = try PrintedPage(Array(PrintedPage.prose.prefix(column.count)))
    var font = bmfCreate(nil, size)
    defer { bmfDestroy(&font) }
    for (row, text) in column.enumerated() {
      page.image.withPix { _ = pixSetTextline(.init($0), font, text, 0, 1_560, Int32(120 + 70 * row), nil, nil) }
    }
    return page
  }

  private func right(_ words: [Word]) -> [Word] {
    words.filter { $0.box.left > 1_500 * 0.36 }.sorted { $0.box.top < $1.box.top }
  }

  @Test("a column of single figures beside text is read, each in its row and as large as its row")
  func column() throws {
    let numbers = ["2", "3", "3", "5", "6", "8", "9", "14"]
    let words = try page(numbers).run().words
    let column = right(words)
    #expect(column.map(\.text) == numbers)
    for (row, word) in column.enumerated() {
      let baseline = Double(120 + 70 * row) * 0.36
      #expect(abs(word.box.bottom - baseline) < 3 && word.box.height < 14 && word.box.width < 16)
      #expect(word.size > 6 && word.size < 20)
    }
    #expect(words.count == PrintedPage.prose.joined(separator: " ").split(separator: " ").count + numbers.count)
  }

  @Test("the same of a page that stands turned, and of a skewed one")
  func turned() throws {
    let numbers = ["2", "3", "3", "5", "6", "8", "9", "4"]
    let upright = try page(numbers)
    var turned = upright
    turned.image = try upright.image.turned(.right)
    let read = try turned.run()
    let frame = UprightFrame(page: turned.size, turn: read.turn)
    let column = read.words.filter { frame.upright($0.box).left > 1_500 * 0.36 }
    #expect(column.sorted { frame.upright($0.box).top < frame.upright($1.box).top }.map(\.text) == numbers)
    var skewed = upright
    skewed.image = try upright.image.rotated(clockwise: 1.5)
    #expect(right(try skewed.run().words).map(\.text) == numbers)
  }

  @Test(
    "a column of single figures is read in small type too, the round ones with the others", arguments: [0.3, 0.35, 0.4])
  func smallColumn(scale: Double) throws {
    let numbers = ["0", "6", "8", "0", "3", "9", "8", "4"]
    var page = try page(numbers)
    // Bold, as letters of few pixels are.
    var bold = page.image.withPix { pixErodeGray(.init($0), 3, 3) }
    defer { pixDestroy(&bold) }
    page.image.withPix { _ = pixCopy(.init($0), bold) }
    page.image = try page.image.scaled(by: scale)
    let words = try page.run().words.filter { $0.box.left > 1_500 * 0.36 * scale }
    #expect(words.sorted { $0.box.top < $1.box.top }.map(\.text) == numbers)
  }

  @Test("squares to tick, strokes and specks are no letters")
  func shapes() throws {
    let page = try PrintedPage()
    page.image.withPix { pix in
      for row in Int32(0)..<8 {
        let top = 95 + 70 * row
        // A square, a stroke and a speck.
        var box = boxCreate(1_450, top, 26, 26)
        pixRenderBoxArb(.init(pix), box, 3, 0, 0, 0)
        boxDestroy(&box)
        pixRenderLineArb(.init(pix), 1_540, top, 1_540, top + 28, 3, 0, 0, 0)
        pixRenderLineArb(.init(pix), 1_600, top + 10, 1_606, top + 16, 6, 0, 0, 0)
      }
    }
    let words = try page.run().words.map(\.text)
    #expect(words == PrintedPage.prose.joined(separator: " ").split(separator: " ").map(String.init))
  }
}

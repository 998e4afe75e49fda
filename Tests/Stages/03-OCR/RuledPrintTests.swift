import CLeptonica
import Contracts
import DocumentModel
import Leptonica
import Testing

@testable import OCR

@Suite("OCR: print between rules")
struct RuledPrintTests {
  private static let rows = [
    ("Paid capital", "147,500.00", "60,000.00"), ("Reserves", "231,760.16", "182,407.47"),
    ("Borrowings", "449,337.34", "885,404.23"), ("Deposits", "127,490.03", "785,339.67"),
    ("Liabilities", "35,075.28", "23,508.54"), ("Investments", "20,000.00", "95,721.86"),
    ("Loans", "910,257.00", "814,253.11"), ("Fixed assets", "17,464.65", "12,428.60"),
  ]

  /// A table whose rules stand a pixel or two from the letters.
  private func table() throws -> PrintedPage {
    let page = try PrintedPage([], width: 1_200, height: 700)
    var font = bmfCreate(nil, 8)
    defer { bmfDestroy(&font) }
    let right = [520, 820, 1_120]
    for (row, cells) in Self.rows.enumerated() {
      let baseline = Int32(120 + 60 * row)
      page.image.withPix { pix in
        let pix = UnsafeMutablePointer<Pix>(pix)
        _ = pixSetTextline(pix, font, cells.0, 0, 103, baseline, nil, nil)
        for (text, right) in [(cells.1, right[1]), (cells.2, right[2])] {
          var width: Int32 = 0
          _ = bmfGetStringWidth(font, text, &width)
          _ = pixSetTextline(pix, font, text, 0, Int32(right) - width - 1, baseline, nil, nil)
        }
        for x in [99] + right { _ = pixRenderLineArb(pix, Int32(x), 75, Int32(x), 555, 2, 0, 0, 0) }
        for row in 0...8 {
          _ = pixRenderLineArb(pix, 99, Int32(75 + 60 * row), 1_120, Int32(75 + 60 * row), 2, 0, 0, 0)
        }
      }
    }
    return page
  }

  @Test("words that rules touch are read without them")
  func touched() throws {
    let words = try table().run().words.map(\.text)
    let missed = Self.rows.flatMap { $0.0.split(separator: " ").map(String.init) + [$0.1, $0.2] }
      .filter { !words.contains($0) }
    #expect(missed.isEmpty, "\(missed) of \(words)")
  }

  @Test("a table in white on black is read like one in black on white")
  func dark() throws {
    let page = try table()
    page.image.withPix { _ = pixInvert(.init($0), .init($0)) }
    #expect(try page.run().words.map(\.text) == table().run().words.map(\.text))
  }
}

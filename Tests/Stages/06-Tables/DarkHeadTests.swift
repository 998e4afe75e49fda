import Contracts
import DocumentModel
import Leptonica
import Testing

@testable import Tables

struct DarkHeadTests {
  private static let rows = [
    ["1", "Paid-up capital", "147,500.00", "100,000.00"], ["2", "Reserves", "231,760.16", "228,940.46"],
    ["3", "Deposits", "127,490.03", "115,877.17"], ["4", "Borrowings", "449,337.34", "365,544.53"],
  ]
  private static let xs = [95.0, 120, 260, 350, 440]

  /// A net of rules from 160 down, and names of one to three lines above it.
  private func sketch() -> PageSketch {
    var page = PageSketch()
    for (row, cells) in Self.rows.enumerated() {
      for (column, text) in cells.enumerated() {
        page.text(
          text, x: column > 1 ? Self.xs[column + 1] - 3 : Self.xs[column] + 3, y: 165 + 20 * Double(row),
          anchor: column > 1 ? .right : .left)
      }
    }
    page.grid(xs: Self.xs, ys: (0...4).map { 160 + 20 * Double($0) })
    page.text("No.", x: 107, y: 130, anchor: .center)
    page.text("Particulars", x: 190, y: 130, anchor: .center)
    for (line, text) in ["This quarter", "to the end", "of May"].enumerated() {
      page.text(text, x: 305, y: 118 + 12 * Double(line), anchor: .center)
    }
    for (line, text) in ["Quarter", "before"].enumerated() {
      page.text(text, x: 395, y: 124 + 12 * Double(line), anchor: .center)
    }
    page.text("(all in thousands)", x: 440, y: 92, anchor: .right)
    return page
  }

  private func ink(_ page: PageSketch, ground: UInt32) -> PageInk {
    let words = page.words.map(\.box)
    return PageInk(resolution: 72) {
      var pixels = [UInt32](repeating: 0xFFFFFF, count: 600 * 800)
      for y in 110..<159 { for x in 95..<440 { pixels[600 * y + x] = ground } }
      for box in words {
        for y in Int(box.top)..<Int(box.bottom) where y % 2 == 0 {
          for x in Int(box.left)..<Int(box.right) { pixels[600 * y + x] = y < 160 && y > 110 ? 0xFFFFFF : 0 }
        }
      }
      return try pixels.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 600, height: 800, bytesPerRow: 2_400, resolution: 72, as: .grey)
      }
    }
  }

  @Test("names in several lines on a dark bar are the head of the net below it")
  func darkBar() throws {
    let page = sketch()
    let head = ["No.", "Particulars", "This quarter to the end of May", "Quarter before"]
    let tables = try page.tables(ink: ink(page, ground: 0x202020)).tables
    #expect(tables.map(\.picture) == [[head] + Self.rows])
    #expect(tables.first?.headerRows == 1)
  }

  @Test("the bar ends where the ground turns pale; a ground that never ends is none")
  func ends() throws {
    let page = sketch()
    let upright = UprightPage(
      turn: .none, ocr: page.ocr, layout: page.layout, regions: RegionsPage(regions: []), links: [])
    let net = BoundingBox(left: 95, top: 160, right: 440, bottom: 240)
    func top(_ ground: UInt32) throws -> Double? {
      try DarkHead(ink: ink(page, ground: ground), page: upright).top(above: net, words: upright.words, height: 10)
    }
    #expect(try top(0x202020).map { abs($0 - 110) < 2 } == true)
    #expect(try top(0xC0C0C0) == nil)
    let black = PageInk(resolution: 72) {
      let pixels = [UInt32](repeating: 0, count: 600 * 800)
      return try pixels.withUnsafeBytes {
        try RasterImage(xrgb: $0, width: 600, height: 800, bytesPerRow: 2_400, resolution: 72, as: .grey)
      }
    }
    #expect(try DarkHead(ink: black, page: upright).top(above: net, words: [], height: 10) == nil)
  }
}

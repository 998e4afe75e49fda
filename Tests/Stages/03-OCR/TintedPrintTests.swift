import CLeptonica
import Contracts
import DocumentModel
import Leptonica
import Testing

@testable import OCR

@Suite("OCR: print on tints and on grey")
struct TintedPrintTests {
  private static let texts = ["INVOICE NUMBER and date", "Number Quantity Price Total"]

  /// A page of prose with two bars, each with a line of type in black.
  ///
  /// - Parameter ground: the grey of a bar's pixel.
  private func page(ground: (_ x: Int, _ y: Int) -> UInt32) throws -> PrintedPage {
    let page = try PrintedPage(Array(PrintedPage.prose.prefix(3)))
    for (row, text) in Self.texts.enumerated() {
      let bar = try PrintedPage([text], width: 1_500, height: 170).image
      let (left, top) = (60, 400 + 300 * row)
      for y in 0..<bar.height {
        for x in 0..<bar.width where bar.pixel(x: x, y: y) == 255 {
          bar.withPix { _ = pixSetPixel(.init($0), Int32(x), Int32(y), ground(left + x, top + y)) }
        }
      }
      page.image.withPix { page in
        bar.withPix { bar in
          _ = pixRasterop(
            .init(page), Int32(left), Int32(top), Int32(pixGetWidth(.init(bar))), Int32(pixGetHeight(.init(bar))),
            Int32(PIX_SRC), .init(bar), 0, 0)
        }
      }
    }
    return page
  }

  private static let expected = (PrintedPage.prose.prefix(3) + texts).flatMap {
    $0.split(separator: " ").map(String.init)
  }

  /// Grey made of black dots.
  enum Tint: String, CaseIterable {
    /// Squares in rows and columns.
    case upright
    /// Squares of which every other row is shifted by half a dot's distance, as of printers.
    case staggered
    /// Squares that touch at their corners, half of all pixels.
    case touching
    /// White holes in black.
    case holes

    func ground(x: Int, y: Int) -> UInt32 {
      let isBlack =
        switch self {
        case .upright: x % 5 < 2 && y % 5 < 2
        case .staggered: (x + (y / 4 % 2) * 4) % 8 < 3 && y % 4 < 3
        case .touching: (x / 3 + y / 3) % 2 == 0
        case .holes: !(x % 4 < 3 && y % 4 < 3)
        }
      return isBlack ? 0 : 255
    }
  }

  @Test("print on a tint of dots is read as what it says, and the dots as nothing", arguments: Tint.allCases)
  func tinted(tint: Tint) throws {
    let words = try page(ground: tint.ground).run().words.map(\.text)
    #expect(words.count == Self.expected.count, "\(words)")
    // What the tint took of a letter is gone: one may be read for another.
    #expect(zip(words, Self.expected).count { $0 != $1 } <= 1, "\(words)")
  }

  @Test("black print on grey bars is read as what it says", arguments: [90, 120, 150, 180] as [UInt32])
  func darkOnGrey(ground: UInt32) throws {
    #expect(try page { _, _ in ground }.run().words.map(\.text) == Self.expected)
  }

  @Test("a grey bar between close lines takes nothing from them")
  func closeBar() throws {
    let page = try PrintedPage()
    let ink = try page.image.thresholded(at: 128).componentBoxes()
    let above = try #require(ink.filter { $0.top < 150 }.map(\.bottom).max())
    let below = try #require(ink.filter { $0.top > 210 }.map(\.top).min())
    for y in (above + 1)..<(below - 1) {
      for x in 60..<1_640 where page.image.pixel(x: x, y: y) == 255 {
        page.image.withPix { _ = pixSetPixel(.init($0), Int32(x), Int32(y), 150) }
      }
    }
    let (words, expected) = (try page.run().words.map(\.text), try PrintedPage().run().words.map(\.text))
    #expect(words == expected)
  }

  @Test("black print on a grey button in a dark panel of white print is read, and so is that")
  func button() throws {
    let page = try PrintedPage()
    let expected = try page.run().words.map(\.text)
    page.image.withPix { _ = pixRasterop(.init($0), 60, 215, 1_580, 800, Int32(PIX_DST ^ 0xF), nil, 0, 0) }
    let button = try PrintedPage(["Accept all of it"], width: 640, height: 170).image
    for y in 0..<button.height {
      for x in 0..<button.width where button.pixel(x: x, y: y) == 255 {
        button.withPix { _ = pixSetPixel(.init($0), Int32(x), Int32(y), 150) }
      }
    }
    page.image.withPix { page in
      button.withPix { button in
        _ = pixRasterop(.init(page), 500, 750, 640, 170, Int32(PIX_SRC), .init(button), 0, 0)
      }
    }
    let words = try page.run().words.map(\.text)
    #expect(words.starts(with: expected), "\(words)")
    #expect(words.suffix(4) == ["Accept", "all", "of", "it"])
  }

  @Test("with cleaning=never the dots stay")
  func never() throws {
    var options = OCROptions()
    options.cleaning = .never
    #expect(try page(ground: Tint.staggered.ground).run(options).words.map(\.text) != Self.expected)
  }
}

import CLeptonica
import Contracts
import DocumentModel
import Leptonica
import Testing

@testable import OCR

@Suite("OCR: bullets that are drawn")
struct DrawnBulletsTests {
  private enum Shape { case disc, circle, square, bar }

  private static let scale = PrintedPage.resolution / 72

  private func word(_ text: String, x: Double = 60, y: Double) -> Word {
    Word(
      text: text, box: BoundingBox(left: x, top: y, right: x + 5 * Double(text.count), bottom: y + 10),
      source: .textLayer, size: 10, baseline: y + 8)
  }

  /// Draws a shape `side` points wide before a word at 60 points, in the middle of its small letters.
  private func draw(
    _ shape: Shape, on page: PrintedPage, y: Double, left: Double = 48, side: Double = 3.6, ink: UInt32 = 0
  ) {
    let side = (side * Self.scale).rounded()
    let (left, top) = ((left * Self.scale).rounded(), ((y + 5.5) * Self.scale - side / 2).rounded())
    let radius = side / 2
    for row in 0..<Int(side) {
      for column in 0..<Int(shape == .bar ? 2.5 * side : side) {
        let (dx, dy) = (Double(column) + 0.5 - radius, Double(row) + 0.5 - radius)
        let distance = (dx * dx + dy * dy).squareRoot()
        let isInk =
          switch shape {
          case .disc: distance <= radius
          case .circle: distance <= radius && distance >= radius - 1.8
          case .square, .bar: true
          }
        if isInk {
          page.image.withPix { _ = pixSetPixel(.init($0), Int32(Int(left) + column), Int32(Int(top) + row), ink) }
        }
      }
    }
  }

  private func read(
    _ shapes: [(Shape, Double)], _ words: [Word], ink: UInt32 = 0, left: Double = 48,
    judgement: TextLayerVerdict.Judgement = .trusted
  ) throws -> [String] {
    var page = try PrintedPage([])
    page.judgement = judgement
    page.words = words
    for (shape, y) in shapes { draw(shape, on: page, y: y, left: left, ink: ink) }
    return try page.run().words.map(\.text)
  }

  @Test("dots, circles and squares before lines become words before them, in black and in grey", arguments: [0, 100])
  func shapes(ink: UInt32) throws {
    for (shape, sign) in [(Shape.disc, "•"), (.circle, "◦"), (.square, "▪")] {
      let words = [word("Peelings", y: 100), word("Leaves", y: 120), word("Grass", y: 140)]
      let found = try read([(shape, 100), (shape, 140)], words, ink: ink)
      #expect(found == [sign, "Peelings", "Leaves", sign, "Grass"])
    }
  }

  @Test("also on a page whose text layer is only a part of it")
  func partial() throws {
    let words = [word("first", y: 100), word("second", y: 120)]
    #expect(try read([(.disc, 100), (.disc, 120)], words, judgement: .partial) == ["•", "first", "•", "second"])
  }

  @Test("a drawn bullet has its own source and place, and the word's size and line")
  func place() throws {
    var page = try PrintedPage([])
    page.judgement = .trusted
    page.words = [word("Peelings", y: 100), word("Leaves", y: 120)]
    for y in [100.0, 120] { draw(.disc, on: page, y: y) }
    let bullet = try #require(try page.run().words.first)
    #expect(bullet.source == .drawn)
    #expect(bullet.size == 10 && bullet.baseline == 108)
    #expect(abs(bullet.box.left - 48) < 0.5 && abs(bullet.box.width - 3.6) < 0.5)
  }

  @Test("one dot alone, a bar, and a dot with words on both sides are none")
  func others() throws {
    let words = [word("Peelings", y: 100), word("Leaves", y: 120)]
    #expect(try read([(.disc, 100)], words) == ["Peelings", "Leaves"])
    #expect(try read([(.bar, 100), (.bar, 120)], words) == ["Peelings", "Leaves"])
    let between = [
      word("one", x: 30, y: 100), word("Peelings", y: 100), word("two", x: 30, y: 120), word("Leaves", y: 120),
    ]
    #expect(try read([(.disc, 100), (.disc, 120)], between, left: 50) == ["one", "Peelings", "two", "Leaves"])
  }

  @Test("before right-to-left words they stand at the right")
  func rightToLeft() throws {
    // Four letters of five points from 60: the marks are behind 80.
    let words = [word("שלום", y: 100), word("עולם", y: 120)]
    #expect(try read([(.disc, 100), (.disc, 120)], words, left: 88) == ["•", "שלום", "•", "עולם"])
    #expect(try read([(.disc, 100), (.disc, 120)], words) == ["שלום", "עולם"])
    let before = [word("אחד", x: 100, y: 100), words[0], word("שני", x: 100, y: 120), words[1]]
    #expect(try read([(.disc, 100), (.disc, 120)], before, left: 88) == ["אחד", "שלום", "שני", "עולם"])
  }

  @Test("dots of different shades are a legend's, not a list's")
  func legend() throws {
    var page = try PrintedPage([])
    page.judgement = .trusted
    page.words = [word("North", y: 100), word("South", y: 120)]
    draw(.disc, on: page, y: 100, ink: 0)
    draw(.disc, on: page, y: 120, ink: 120)
    #expect(try page.run().words.map(\.text) == ["North", "South"])
  }
}

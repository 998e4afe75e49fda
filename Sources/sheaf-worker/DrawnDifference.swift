import DocumentModel
import Leptonica
import StageKit

/// Two states of a page in two colours over its faded raster, with a legend above.
struct DrawnDifference {
  private let canvas: Canvas
  private let scale: Double

  init(_ drawing: PageDrawing, over page: RasterImage) throws {
    let width = max(drawing.page.width, 1)
    let factor = min(1, Self.resolution / 72 * width / Double(max(page.width, 1)))
    let small = factor < 1 ? try page.scaled(by: factor) : page
    scale = Double(small.width) / width
    canvas = try Canvas(over: small, strip: Self.strip, sizes: [Self.small, Self.large])
    head(drawing)
    for box in drawing.boxes.prefix(Self.mostBoxes) { draw(box) }
    link(drawing.boxes)
    for box in drawing.boxes.prefix(Self.mostNumbers) { number(box, drawing.boxes) }
  }

  func png() throws -> [UInt8] { try canvas.png() }

  // Blue and vermilion of Okabe and Ito: told apart by the colour-blind, too. https://jfly.uni-koeln.de/color/
  private static let colours: [PageDrawing.Side: Canvas.Colour] = [.old: 0xD55E00, .new: 0x0072B2]
  private static let black: Canvas.Colour = 0x222222
  private static let resolution = 110.0  // pixels per inch: legible, and a page in a few hundred kilobytes
  private static let strip = 78  // pixels: two lines of large letters
  private static let (small, large) = (4, 6)  // points at 300 pixels per inch: about 17 and 25 pixels high
  private static let mostBoxes = 20_000
  private static let mostNumbers = 400  // more would cover the page

  private func head(_ drawing: PageDrawing) {
    canvas.write(drawing.title, x: 12, baseline: 30, size: Self.large, Self.black)
    var x = 12
    for (side, text) in zip(PageDrawing.Side.allCases, drawing.legend) {
      let colour = Self.colours[side] ?? Self.black
      canvas.fill(PixelRect(left: x, top: 48, width: 16, height: 16), colour, share: 0.35)
      canvas.outline(PixelRect(left: x, top: 48, width: 16, height: 16), colour, width: 2)
      x += 24
      x += canvas.write(text, x: x, baseline: 63, size: Self.large, colour) + 28
    }
  }

  private func rect(_ box: PageDrawing.Box) -> PixelRect {
    // Both sides of one place stay visible: the old frame stands around the new one.
    let margin = box.side == .old && !box.alone ? 4 : 2
    func pixels(_ points: Double) -> Int { Int(min(max(points * scale, -1e6), 1e6).rounded()) }
    let (left, top) = (pixels(box.box.left) - margin, pixels(box.box.top) - margin + Self.strip)
    return PixelRect(
      left: max(left, 0), top: max(top, 0), width: pixels(box.box.width) + 2 * margin,
      height: pixels(box.box.height) + 2 * margin)
  }

  private func draw(_ box: PageDrawing.Box) {
    let colour = Self.colours[box.side] ?? Self.black
    if box.alone { canvas.fill(rect(box), colour, share: 0.3) }
    canvas.outline(rect(box), colour, width: 2)
  }

  /// A line from where something was to where it is.
  private func link(_ boxes: [PageDrawing.Box]) {
    var before: [Int: PageDrawing.Box] = [:]
    for box in boxes.prefix(Self.mostBoxes) where box.side == .old { before[box.number] = box }
    for box in boxes.prefix(Self.mostBoxes) where box.side == .new {
      guard let old = before[box.number], !old.box.intersects(box.box) else { continue }
      canvas.line(from: middle(old), to: middle(box), Self.black, width: 1)
    }
  }

  private func middle(_ box: PageDrawing.Box) -> (x: Int, y: Int) {
    let rect = rect(box)
    return (rect.left + rect.width / 2, rect.top + rect.height / 2)
  }

  /// A change's number, at its new box, or at the old one where there is no new.
  private func number(_ box: PageDrawing.Box, _ all: [PageDrawing.Box]) {
    guard box.side == .new || box.alone else { return }
    let rect = rect(box)
    canvas.write(
      String(box.number), x: rect.left + rect.width + 3, baseline: rect.top + 6, size: Self.small,
      Self.colours[box.side] ?? Self.black)
  }
}

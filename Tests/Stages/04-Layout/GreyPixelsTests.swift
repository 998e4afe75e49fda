import DocumentModel
import TestSupport
import Testing

@testable import Layout

@Suite("Grey pixels")
struct GreyPixelsTests {
  @Test("a box is blank where all its pixels are of one shade, however large it is", arguments: 0..<12)
  func blank(seed: Int) {
    var dice = SeededGenerator(UInt64(seed) + 1)
    let (width, height) = (397, 521)
    var bytes = [UInt8](repeating: 250, count: width * height)
    for _ in 0..<(seed % 4) { bytes[Int(dice.number(below: Double(bytes.count)))] = 20 }
    bytes.withUnsafeBytes { buffer in
      let pixels = GreyPixels(buffer, width: width, height: height, resolution: 72)
      for _ in 0..<120 {
        let (x, y) = (dice.number(below: 390), dice.number(below: 510))
        let box = BoundingBox(
          left: x, top: y, right: x + dice.number(below: 400), bottom: y + dice.number(below: 530))
        #expect(pixels.isBlank(box) == isBlank(box, buffer, width, height))
      }
    }
  }

  /// Pixel by pixel, with the margin of a third of the box's shorter side.
  private func isBlank(_ box: BoundingBox, _ bytes: UnsafeRawBufferPointer, _ width: Int, _ height: Int) -> Bool {
    let margin = 0.3 * min(box.width, box.height)
    func clamp(_ value: Double, _ end: Int) -> Int { Int(min(max(value, 0), Double(end - 1))) }
    let (left, right) = (clamp(box.left - margin, width), clamp(box.right + margin, width))
    let (top, bottom) = (clamp(box.top - margin, height), clamp(box.bottom + margin, height))
    guard left < right, top < bottom else { return false }
    let seen = (top...bottom).flatMap { y in (left...right).map { Int(bytes[y * width + $0]) } }
    return (seen.max() ?? 0) - (seen.min() ?? 0) < 16
  }
}

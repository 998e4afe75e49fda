import DocumentModel

/// A word in the upright frame of its text, straightened where the page is skewed.
struct TableWord: Sendable, Hashable {
  /// Index into the page's words.
  let index: Int
  let text: String
  let box: BoundingBox
  /// Font size in points; the height of the box where the source tells none.
  let size: Double
  let bold: Bool
  let monospaced: Bool
  let joinsNext: Bool
  /// Whether it is printed in white, or nearly so.
  let isLight: Bool
  let value: ValueShape

  /// Whether it says that there is no value, as a dash and `n/a` do: what no column is called.
  var isMissing: Bool {
    value == .placeholder
      && (text.contains(where: \.isLetter) ? text.count > 1 : text.contains { "-–—−.…".contains($0) })
  }

  init(
    index: Int, text: String, box: BoundingBox, size: Double, bold: Bool = false, monospaced: Bool = false,
    joinsNext: Bool = false, isLight: Bool = false
  ) {
    self.index = index
    self.text = text
    self.box = box
    self.size = size > 0 ? size : max(box.height, 1)
    self.bold = bold
    self.monospaced = monospaced
    self.joinsNext = joinsNext
    self.isLight = isLight
    value = ValueShape(text)
  }

  private static let lightness = 0xD0  // of 255: paler letters are not read on paper

  /// - Parameter color: as `rrggbb`.
  static func isLight(_ color: String) -> Bool {
    guard let value = UInt32(color, radix: 16) else { return false }
    return [value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF].allSatisfy { $0 >= lightness }
  }
}

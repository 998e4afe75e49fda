/// A drawn straight line as found in an image.
package struct RulingRect: Sendable, Hashable {
  /// Pixels of the image it was looked for in.
  package let rect: PixelRect
  /// Mean thickness in pixels: less than the rectangle's for a line that slopes.
  package let thickness: Double

  package init(rect: PixelRect, thickness: Double) {
    self.rect = rect
    self.thickness = thickness
  }

  /// Both as one line.
  func joined(to other: RulingRect, isVertical: Bool) -> RulingRect {
    let (a, b) = isVertical ? (rect.height, other.rect.height) : (rect.width, other.rect.width)
    let mean = (thickness * Double(a) + other.thickness * Double(b)) / Double(max(a + b, 1))
    return RulingRect(rect: rect.union(other.rect), thickness: mean)
  }

  /// The same line from one place along it to another.
  func drawn(from start: Int, to end: Int, isVertical: Bool) -> RulingRect {
    let rect =
      isVertical
      ? PixelRect(left: rect.left, top: start, width: rect.width, height: end - start)
      : PixelRect(left: start, top: rect.top, width: end - start, height: rect.height)
    return RulingRect(rect: rect, thickness: thickness)
  }
}

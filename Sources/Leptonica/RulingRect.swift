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
}

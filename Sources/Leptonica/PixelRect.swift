/// A rectangle of pixels: left and top from 0, right and bottom not included.
package struct PixelRect: Sendable, Hashable {
  package let left: Int
  package let top: Int
  package let width: Int
  package let height: Int

  package init(left: Int, top: Int, width: Int, height: Int) {
    self.left = left
    self.top = top
    self.width = width
    self.height = height
  }

  package var right: Int { left + width }
  package var bottom: Int { top + height }

  /// The smallest rectangle around both.
  package func union(_ other: PixelRect) -> PixelRect {
    let (left, top) = (min(self.left, other.left), min(self.top, other.top))
    return PixelRect(
      left: left, top: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
  }

  /// The part inside an image of that size, or nil where nothing is; any numbers are taken without overflow.
  package func clipped(width imageWidth: Int, height imageHeight: Int) -> PixelRect? {
    let l = min(max(left, 0), imageWidth), t = min(max(top, 0), imageHeight)
    let r = min(max(left.addingReportingOverflow(width).partialValue, l), imageWidth)
    let b = min(max(top.addingReportingOverflow(height).partialValue, t), imageHeight)
    return l < r && t < b ? PixelRect(left: l, top: t, width: r - l, height: b - t) : nil
  }
}

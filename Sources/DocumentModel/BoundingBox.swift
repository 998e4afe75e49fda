/// A rectangle on a page: PDF points (1/72 inch), origin at the page's top left after rotation, y downwards.
package struct BoundingBox: Codable, Sendable, Hashable {
  package let left: Double
  package let top: Double
  package let right: Double
  package let bottom: Double

  /// Rounds to two decimals and orders the edges, so that `left <= right` and `top <= bottom` always hold.
  package init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = Quantity.coordinate(min(left, right))
    self.top = Quantity.coordinate(min(top, bottom))
    self.right = Quantity.coordinate(max(left, right))
    self.bottom = Quantity.coordinate(max(top, bottom))
  }

  package var width: Double { right - left }
  package var height: Double { bottom - top }
  package var area: Double { width * height }
  package var midX: Double { (left + right) / 2 }
  package var midY: Double { (top + bottom) / 2 }
  package var isEmpty: Bool { width <= 0 || height <= 0 }

  /// The smallest box around both.
  package func union(_ other: BoundingBox) -> BoundingBox {
    BoundingBox(
      left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
      bottom: max(bottom, other.bottom))
  }

  /// The common part, or nil where the boxes do not overlap (touching edges do not count).
  package func intersection(_ other: BoundingBox) -> BoundingBox? {
    let l = max(left, other.left), t = max(top, other.top), r = min(right, other.right), b = min(bottom, other.bottom)
    return l < r && t < b ? BoundingBox(left: l, top: t, right: r, bottom: b) : nil
  }

  package func intersects(_ other: BoundingBox) -> Bool { intersection(other) != nil }

  /// Whether the other box lies inside this one, give or take `tolerance` points on each side.
  package func contains(_ other: BoundingBox, tolerance: Double = 0) -> Bool {
    other.left >= left - tolerance && other.right <= right + tolerance && other.top >= top - tolerance
      && other.bottom <= bottom + tolerance
  }

  package func contains(x: Double, y: Double) -> Bool { x >= left && x <= right && y >= top && y <= bottom }

  /// The length that both cover along x; zero where they do not overlap.
  package func horizontalOverlap(_ other: BoundingBox) -> Double {
    max(0, min(right, other.right) - max(left, other.left))
  }

  /// The length that both cover along y; zero where they do not overlap.
  package func verticalOverlap(_ other: BoundingBox) -> Double {
    max(0, min(bottom, other.bottom) - max(top, other.top))
  }

  /// The share of this box's area that the other covers, 0…1; an empty box is covered if its centre is.
  package func coverage(by other: BoundingBox) -> Double {
    guard area > 0 else { return other.contains(x: midX, y: midY) ? 1 : 0 }
    return (intersection(other)?.area ?? 0) / area
  }

  /// Grown by `margin` points on every side (shrunk where negative).
  package func insetBy(_ margin: Double) -> BoundingBox {
    BoundingBox(left: left + margin, top: top + margin, right: right - margin, bottom: bottom - margin)
  }
}

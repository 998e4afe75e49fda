/// Width and height of a page in points, after its rotation.
package struct PageSize: Codable, Sendable, Hashable {
  package let width: Double
  package let height: Double

  package init(width: Double, height: Double) {
    self.width = Quantity.coordinate(width)
    self.height = Quantity.coordinate(height)
  }

  /// The whole page as a box.
  package var bounds: BoundingBox { BoundingBox(left: 0, top: 0, right: width, bottom: height) }
}

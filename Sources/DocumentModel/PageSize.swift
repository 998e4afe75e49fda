/// Width and height of a page in points, after its rotation.
package struct PageSize: Codable, Sendable, Hashable {
  package let width: Double
  package let height: Double

  package init(width: Double, height: Double) {
    self.width = Quantity.coordinate(width)
    self.height = Quantity.coordinate(height)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      width: try container.decode(Double.self, forKey: .width),
      height: try container.decode(Double.self, forKey: .height))
  }

  /// The whole page as a box.
  package var bounds: BoundingBox { BoundingBox(left: 0, top: 0, right: width, bottom: height) }
}

/// A drawn straight line: table rule, underline, column separator, frame edge.
package struct RulingLine: Codable, Sendable, Hashable {
  package enum Axis: String, Codable, Sendable, Hashable, CaseIterable { case horizontal, vertical }

  package let axis: Axis
  /// The line's place across its axis: y for a horizontal, x for a vertical one; points.
  package let position: Double
  /// Where it starts along its axis.
  package let start: Double
  /// Where it ends along its axis; never before `start`.
  package let end: Double
  /// How thick it is.
  package let thickness: Double

  package init(axis: Axis, position: Double, start: Double, end: Double, thickness: Double) {
    self.axis = axis
    self.position = Quantity.coordinate(position)
    self.start = Quantity.coordinate(min(start, end))
    self.end = Quantity.coordinate(max(start, end))
    self.thickness = Quantity.coordinate(thickness)
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      axis: try container.decode(Axis.self, forKey: .axis),
      position: try container.decode(Double.self, forKey: .position),
      start: try container.decode(Double.self, forKey: .start), end: try container.decode(Double.self, forKey: .end),
      thickness: try container.decode(Double.self, forKey: .thickness))
  }

  package var length: Double { end - start }

  package var box: BoundingBox {
    let half = thickness / 2
    return switch axis {
    case .horizontal: BoundingBox(left: start, top: position - half, right: end, bottom: position + half)
    case .vertical: BoundingBox(left: position - half, top: start, right: position + half, bottom: end)
    }
  }
}

import StageKit

/// Width and height of a raster in pixels.
package struct PixelSize: Codable, Sendable, Hashable, SchemaDescribed {
  package let width: Int
  package let height: Int

  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }

  package static let schema = Schema.object(
    "A raster's size in pixels.",
    [.required("width", .integer("Width.", minimum: 1)), .required("height", .integer("Height.", minimum: 1))])
}

import DocumentModel
import StageKit

/// A raster of a whole page, kept as a file of the checkpoint.
package struct PageRaster: Codable, Sendable, Hashable, SchemaDescribed {
  /// The file's name in the checkpoint's `files`.
  package let file: String
  package let width: Int
  package let height: Int
  /// Pixels per inch: pixel = point · resolution / 72.
  package let resolution: Double
  /// Whether the pixels are a scan's own, not resampled.
  package let native: Bool

  package init(file: String, width: Int, height: Int, resolution: Double, native: Bool) {
    self.file = file
    self.width = width
    self.height = height
    self.resolution = Quantity.coordinate(resolution)
    self.native = native
  }

  package static let schema = Schema.object(
    "A raster of the whole page.",
    [
      .required("file", .string("The file's name.")), .required("width", .integer("Pixels across.", minimum: 1)),
      .required("height", .integer("Pixels down.", minimum: 1)),
      .required("resolution", .coordinate("Pixels per inch.")),
      .required("native", .flag("Whether the pixels are a scan's own, not resampled.")),
    ])
}

import DocumentModel
import StageKit

/// What ingest concludes of one page.
package struct IngestPage: StageOutput, Hashable {
  package static let stage = StageID.ingest

  /// From 1.
  package let number: Int
  /// After rotation, in points; for images from their resolution, or where that is missing or makes no sheet of paper
  /// of them (2 to 24 inches), from the usual one that comes nearest to A4.
  package let size: PageSize
  /// The page's own rotation entry, or the turn a camera noted; already applied in `size` and in every box.
  package let rotation: QuarterTurn
  /// The printed page label, where the document has one that differs from the number.
  package let label: String?
  /// For images: the pixels of this frame, upright.
  package let pixels: PixelSize?

  package init(number: Int, size: PageSize, rotation: QuarterTurn, label: String? = nil, pixels: PixelSize? = nil) {
    self.number = number
    self.size = size
    self.rotation = rotation
    self.label = label
    self.pixels = pixels
  }

  package static let schema = Schema.object(
    "What ingest concludes of one page.",
    [
      .required("number", .integer("From 1.", minimum: 1)), .required("size", .type(PageSize.self)),
      .required("rotation", .turn("The page's own rotation, already applied.")),
      .optional("label", .string("The printed label where it differs from the number.")),
      .optional("pixels", .type(PixelSize.self)),
    ])
}

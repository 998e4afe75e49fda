import DocumentModel
import StageKit

/// Where an embedded image stands on the page.
package struct ImageArea: Codable, Sendable, Hashable, SchemaDescribed {
  package let box: BoundingBox
  /// The image's number on the page, as the PDF library counts.
  package let number: Int
  /// Its own pixels, where they could be learnt without decoding.
  package let pixels: PixelSize?

  package init(box: BoundingBox, number: Int, pixels: PixelSize? = nil) {
    self.box = box
    self.number = number
    self.pixels = pixels
  }

  package static let schema = Schema.object(
    "Where an embedded image stands.",
    [
      .required("box", .type(BoundingBox.self)), .required("number", .integer("Its number on the page.", minimum: 0)),
      .optional("pixels", .type(PixelSize.self)),
    ])
}

import DocumentModel
import StageKit

/// A link of the page.
package struct PageLink: Codable, Sendable, Hashable, SchemaDescribed {
  package let box: BoundingBox
  /// An address, or `#page=7` for a place in the document.
  package let target: String

  package init(box: BoundingBox, target: String) {
    self.box = box
    self.target = target
  }

  package static let schema = Schema.object(
    "A link of the page.",
    [
      .required("box", .type(BoundingBox.self)),
      .required("target", .string("An address, or #page=7 for a place in the document.")),
    ])
}

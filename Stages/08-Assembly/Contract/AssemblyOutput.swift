import DocumentModel
import StageKit

/// The content of one page as elements; an element's id is its page and its index here.
package struct AssemblyOutput: StageOutput, Hashable {
  package static let stage = StageID.assembly

  package let size: PageSize
  /// The page's columns as stage 4 found them.
  package let columns: [BoundingBox]
  /// In reading order as far as one page tells.
  package let elements: [Element]

  package init(size: PageSize, columns: [BoundingBox], elements: [Element]) {
    self.size = size
    self.columns = columns
    self.elements = elements
  }

  package static let schema = Schema.object(
    "The content of one page as elements; an element's id is its page and its index here.",
    [
      .required("size", .type(PageSize.self)), .required("columns", .list(BoundingBox.self, "The page's columns.")),
      .required("elements", .list(Element.self, "Elements, in reading order.")),
    ])
}

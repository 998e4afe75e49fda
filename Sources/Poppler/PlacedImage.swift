import DocumentModel

/// An image as the page shows it.
package struct PlacedImage: Sendable, Hashable {
  /// What `PopplerPage.image(_:)` wants: the image's place in drawing order, from 0.
  package let id: Int
  /// Clipped to the page; right and bottom are good to a point, since Poppler rounds an image's extent.
  package let box: BoundingBox

  package init(id: Int, box: BoundingBox) {
    self.id = id
    self.box = box
  }
}

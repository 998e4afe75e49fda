import DocumentModel

/// An area of the page that leads somewhere.
package struct PageLink: Sendable, Hashable {
  package let box: BoundingBox
  package let target: LinkTarget

  package init(box: BoundingBox, target: LinkTarget) {
    self.box = box
    self.target = target
  }
}

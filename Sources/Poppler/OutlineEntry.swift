/// One entry of the document's outline (its bookmarks) with those below it.
package struct OutlineEntry: Sendable, Hashable {
  package let title: String
  package let target: LinkTarget
  /// Whether the author wants it shown unfolded.
  package let isOpen: Bool
  package let children: [OutlineEntry]

  package init(title: String, target: LinkTarget, isOpen: Bool, children: [OutlineEntry]) {
    self.title = title
    self.target = target
    self.isOpen = isOpen
    self.children = children
  }
}

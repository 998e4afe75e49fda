/// Where a value came from.
package struct Provenance: Codable, Sendable, Hashable {
  /// Counts from 1.
  package let page: Int
  package let box: BoundingBox
  /// The element it was read from, where there is one.
  package let element: ElementID?
  /// Indices into the page's words.
  package let words: [Int]

  package init(page: Int, box: BoundingBox, element: ElementID? = nil, words: [Int] = []) {
    self.page = page
    self.box = box
    self.element = element
    self.words = words
  }
}

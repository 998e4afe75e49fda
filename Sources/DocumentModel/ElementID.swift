/// Names one element of the document: the page it stands on and its index there; written `p7.3`.
package struct ElementID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Counts from 1.
  package let page: Int
  /// Index into the page's elements, from 0.
  package let index: Int

  package init(page: Int, index: Int) {
    self.page = page
    self.index = index
  }

  package init?(_ text: String) {
    let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    guard text.first == "p", parts.count == 2, let page = Int(parts[0]), let index = Int(parts[1]), page > 0, index >= 0
    else { return nil }
    self.init(page: page, index: index)
  }

  package var description: String { "p\(page).\(index)" }

  package static func < (a: ElementID, b: ElementID) -> Bool { (a.page, a.index) < (b.page, b.index) }
}

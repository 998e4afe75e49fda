/// A stretch of an element's text in one style.
package struct TextRun: Codable, Sendable, Hashable {
  package let text: String
  package let style: TextStyle
  /// An address, or `#page=7` for a place in the document; nil where the run is no link.
  package let link: String?
  /// The words it was made of: indices into the page's words, in order.
  package let words: [Int]
  /// Where each of those words begins in `text`, in Unicode scalars; as many as `words`.
  package let starts: [Int]

  package init(text: String, style: TextStyle = [], link: String? = nil, words: [Int], starts: [Int]) {
    self.text = text
    self.style = style
    self.link = link
    self.words = words
    self.starts = starts
  }
}

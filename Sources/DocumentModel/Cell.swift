/// One cell of a table; row and column count from 0.
package struct Cell: Codable, Sendable, Hashable {
  package let row: Int
  package let column: Int
  package let rowSpan: Int
  package let columnSpan: Int
  /// Lines joined by a space, line-break hyphens resolved.
  package let text: String
  package let box: BoundingBox
  package let header: Bool
  /// Indices into the page's words, in reading order.
  package let words: [Int]

  package init(
    row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1, text: String, box: BoundingBox, header: Bool = false,
    words: [Int]
  ) {
    self.row = row
    self.column = column
    self.rowSpan = rowSpan
    self.columnSpan = columnSpan
    self.text = text
    self.box = box
    self.header = header
    self.words = words
  }
}

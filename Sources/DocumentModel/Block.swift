/// Lines that belong together by place alone: what later becomes one or more regions.
package struct Block: Codable, Sendable, Hashable {
  /// Indices into the page's lines, in reading order.
  package let lines: [Int]
  package let box: BoundingBox
  /// Index into the page's columns; nil where the block spans several.
  package let column: Int?

  package init(lines: [Int], box: BoundingBox, column: Int?) {
    self.lines = lines
    self.box = box
    self.column = column
  }
}

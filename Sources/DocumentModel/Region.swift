/// A detected area of a page with its kind.
package struct Region: Codable, Sendable, Hashable {
  package let kind: RegionKind
  package let box: BoundingBox
  /// Indices into the page's lines, in reading order; empty for a pure image area.
  package let lines: [Int]
  /// Index into the page's columns; nil where it spans several.
  package let column: Int?
  /// How sure the rules are of the kind.
  package let confidence: Score

  package init(kind: RegionKind, box: BoundingBox, lines: [Int], column: Int? = nil, confidence: Score) {
    self.kind = kind
    self.box = box
    self.lines = lines
    self.column = column
    self.confidence = confidence
  }
}

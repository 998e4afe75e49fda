import DocumentModel

/// What is to be drawn over a page's raster: two states of it, told apart by colour.
package struct PageDrawing: Codable, Sendable, Hashable {
  package enum Side: String, Codable, Sendable, Hashable, CaseIterable { case old, new }

  package struct Box: Codable, Sendable, Hashable {
    package let box: BoundingBox
    package let side: Side
    /// The number of its change; both sides of one change have the same.
    package let number: Int
    /// Whether the other side has nothing in its place: then it is filled.
    package let alone: Bool

    package init(_ box: BoundingBox, _ side: Side, number: Int, alone: Bool) {
      self.box = box
      self.side = side
      self.number = number
      self.alone = alone
    }
  }

  /// Stands above the page.
  package let title: String
  /// What the two colours mean.
  package let legend: [String]
  package let page: PageSize
  package let boxes: [Box]

  /// The page as it is.
  package static let plain = PageDrawing(title: "", legend: [], page: PageSize(width: 1, height: 1), boxes: [])

  /// Whether nothing is to be drawn.
  package var isPlain: Bool { self == Self.plain }

  /// - Parameter legend: of the old side, then of the new.
  package init(title: String, legend: [String], page: PageSize, boxes: [Box]) {
    self.title = title
    self.legend = legend
    self.page = page
    self.boxes = boxes
  }
}

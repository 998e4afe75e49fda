import DocumentModel

/// How a page's crop box comes to stand on the screen.
package struct PagePlacement: Sendable, Hashable {
  /// Of the crop box, after rotation.
  package let size: PageSize
  /// The page's own `/Rotate`.
  package let rotation: QuarterTurn

  /// Turns a box of the crop box (points, origin at its lower left, before rotation) into one of the page as shown.
  func onPage(x1: Double, y1: Double, x2: Double, y2: Double) -> BoundingBox {
    switch rotation {
    case .none: BoundingBox(left: x1, top: size.height - y2, right: x2, bottom: size.height - y1)
    case .right: BoundingBox(left: y1, top: x1, right: y2, bottom: x2)
    case .half: BoundingBox(left: size.width - x2, top: y1, right: size.width - x1, bottom: y2)
    case .left:
      BoundingBox(left: size.width - y2, top: size.height - x2, right: size.width - y1, bottom: size.height - x1)
    }
  }

  /// The y on the page as shown of a destination, given like a box; nil where it lies outside.
  func top(ofDestinationLeft left: Double, top: Double) -> Double? {
    let box = onPage(x1: left, y1: top, x2: left, y2: top)
    return box.top >= 0 && box.top <= size.height ? box.top : nil
  }
}

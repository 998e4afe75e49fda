/// Maps between a page as printed and the page turned so that its text reads left to right, top to bottom.
///
/// Checkpoints hold page coordinates. A stage that reasons about lines and columns works in the upright frame of a
/// sideways scan and maps back what it writes.
package struct UprightFrame: Sendable, Hashable {
  package let page: PageSize
  /// How far the text stands turned clockwise on the page; turning the page back by it makes the text upright.
  package let turn: QuarterTurn

  package init(page: PageSize, turn: QuarterTurn) {
    self.page = page
    self.turn = turn
  }

  /// The page's size once it is upright.
  package var size: PageSize {
    switch turn {
    case .none, .half: page
    case .right, .left: PageSize(width: page.height, height: page.width)
    }
  }

  /// A box of the page, in the upright frame.
  package func upright(_ box: BoundingBox) -> BoundingBox { Self.map(box, turn: turn, in: page) }

  /// A box of the upright frame, on the page.
  package func onPage(_ box: BoundingBox) -> BoundingBox { Self.map(box, turn: turn.inverse, in: size) }

  /// Turns a frame's content counter-clockwise by `turn`.
  private static func map(_ box: BoundingBox, turn: QuarterTurn, in size: PageSize) -> BoundingBox {
    switch turn {
    case .none: box
    case .right:
      BoundingBox(left: box.top, top: size.width - box.right, right: box.bottom, bottom: size.width - box.left)
    case .half:
      BoundingBox(
        left: size.width - box.right, top: size.height - box.bottom, right: size.width - box.left,
        bottom: size.height - box.top)
    case .left:
      BoundingBox(left: size.height - box.bottom, top: box.left, right: size.height - box.top, bottom: box.right)
    }
  }
}

/// Maps between the page and the frame in which one turn of its text stands upright and straight.
///
/// The skew is taken out by shearing about the page's centre: a word keeps its shape and its line becomes level.
package struct ReadingFrame: Sendable {
  package let upright: UprightFrame
  private let slope: Double
  private let centreX: Double
  private let centreY: Double

  private static let negligibleSkew = 0.05  // degrees: half a point over a page's width
  private static let greatestSkew = 20.0  // degrees: beyond it the angle is no skew but a mistake

  /// - Parameter skew: how far lines climb clockwise after the turn, in degrees.
  package init(page: PageSize, turn: QuarterTurn, skew: Double) {
    upright = UprightFrame(page: page, turn: turn)
    (centreX, centreY) = (upright.size.width / 2, upright.size.height / 2)
    slope = abs(skew) > Self.negligibleSkew && abs(skew) < Self.greatestSkew ? Self.tangent(degrees: skew) : 0
  }

  package var bounds: BoundingBox { upright.size.bounds }

  /// A box of the page, upright and straight.
  package func place(_ box: BoundingBox) -> BoundingBox {
    let turned = upright.upright(box)
    guard slope != 0 else { return turned }
    let dx = slope * (turned.midY - centreY)
    let dy = -slope * (turned.midX - centreX)
    return BoundingBox(
      left: turned.left + dx, top: turned.top + dy, right: turned.right + dx, bottom: turned.bottom + dy)
  }

  /// A rule of the page, upright and straight.
  package func place(_ rule: RulingLine) -> RulingLine {
    let box = place(rule.box)
    let isAcross = (rule.axis == .horizontal) != (upright.turn == .left || upright.turn == .right)
    return isAcross
      ? RulingLine(axis: .horizontal, position: box.midY, start: box.left, end: box.right, thickness: box.height)
      : RulingLine(axis: .vertical, position: box.midX, start: box.top, end: box.bottom, thickness: box.width)
  }

  /// A height of the upright page at some x, in the straightened frame.
  package func straight(y: Double, atX x: Double) -> Double { y - slope * (x - centreX) }

  /// A height of the straightened frame at some x, on the upright page.
  package func slanted(y: Double, atX x: Double) -> Double { y + slope * (x - centreX) }

  /// The smallest box of the page around a box of this frame.
  package func onPage(_ box: BoundingBox) -> BoundingBox {
    guard slope != 0 else { return upright.onPage(box) }
    let corners = [(box.left, box.top), (box.right, box.top), (box.left, box.bottom), (box.right, box.bottom)].map {
      let x = $0.0 - slope * ($0.1 - centreY)
      let y = $0.1 + slope * ($0.0 - centreX)
      return BoundingBox(left: x, top: y, right: x, bottom: y)
    }
    let around = corners.union() ?? box
    return upright.onPage(around.intersection(bounds) ?? around)
  }

  /// A box of this frame, moved to where it stands on the page and not widened: `place` undone.
  package func printed(_ box: BoundingBox) -> BoundingBox {
    guard slope != 0 else { return upright.onPage(box) }
    // Of the two shears the second works on what the first has moved; what is left of it lies far below a point.
    let dx = -slope * (box.midY - centreY)
    let dy = slope * (box.midX - centreX)
    return upright.onPage(
      BoundingBox(left: box.left + dx, top: box.top + dy, right: box.right + dx, bottom: box.bottom + dy))
  }

  /// The tangent by its series: exact to 1e-7 in the range of skews, and the same on every machine.
  private static func tangent(degrees: Double) -> Double {
    let a = degrees * .pi / 180
    let s = a * a
    return a * (1 + s * (1.0 / 3 + s * (2.0 / 15 + s * (17.0 / 315 + s * 62.0 / 2835))))
  }
}

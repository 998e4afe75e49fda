import DocumentModel

/// Finds where an image truly stands from where Poppler says it does.
///
/// Poppler (`CairoImageOutputDev::getBBox`) knows the lengths of the image's own two sides, but lays them along x and y
/// whatever the turn, gives the longer to the side with more pixels, and for a quarter turn starts at the corner where
/// the image's top left comes to stand. So there are few possible places; the turn of the page's text tells which, and
/// the drawn page does where that place holds next to nothing.
struct ImagePlace {
  let page: BoundingBox
  /// How the content stands on the page as shown.
  let turn: QuarterTurn
  /// The page as drawn, where there is a drawing.
  let drawn: DrawnPage?

  /// How far an image may reach over the page's edge by rounding: then it still counts as on it.
  private static let fitShare = 0.98

  /// How much more of another place must be printed on.
  private static let clearlyMore = 2.0
  /// The share of an image that is not paper at the least, where a place is to be preferred for it.
  private static let leastInk = 0.2
  /// A side's length by which two places are the same: Poppler rounds to whole points.
  private static let samePlace = 2.0

  /// The box, clipped to the page; nil where no place is on it.
  func box(for reported: BoundingBox) -> BoundingBox? {
    let places = possiblePlaces(reported)
    let shares = places.map { $0.coverage(by: page) }
    guard let most = shares.max() else { return nil }
    // The first that fits; where none does, the first that fits best.
    let fitting = places.indices.filter { shares[$0] >= min(Self.fitShare, most) }
    guard let first = fitting.first else { return nil }
    return places[drawn.map { likeliest(of: fitting.map { places[$0] }, $0) }.map { fitting[$0] } ?? first]
      .intersection(page)
  }

  /// The first place, or the one that is printed on where the first clearly is not.
  private func likeliest(of places: [BoundingBox], _ drawn: DrawnPage) -> Int {
    let ink = places.map { drawn.inkShare(in: $0) }
    guard let most = ink.max(), most >= Self.leastInk, most > Self.clearlyMore * ink[0],
      let best = ink.firstIndex(of: most), !places[0].contains(places[best], tolerance: Self.samePlace)
    else { return 0 }
    return best
  }

  /// The likeliest first.
  private func possiblePlaces(_ reported: BoundingBox) -> [BoundingBox] {
    let straight = straightPlaces(reported)
    let quarter = quarterPlaces(reported)
    return turn == .right || turn == .left ? quarter + straight : straight + quarter
  }

  /// Upright or upside down: as reported, or with the sides exchanged about the corner that Poppler started from.
  private func straightPlaces(_ box: BoundingBox) -> [BoundingBox] {
    let exchanged =
      turn == .half
      ? BoundingBox(left: box.right - box.height, top: box.bottom - box.width, right: box.right, bottom: box.bottom)
      : BoundingBox(left: box.left, top: box.top, right: box.left + box.height, bottom: box.top + box.width)
    return [box, exchanged]
  }

  /// Turned by a quarter: the sides exchanged, and the reported top left is the place of the image's own top left.
  private func quarterPlaces(_ box: BoundingBox) -> [BoundingBox] {
    func from(_ width: Double, _ height: Double, leftwards: Bool) -> BoundingBox {
      leftwards
        ? BoundingBox(left: box.left - width, top: box.top, right: box.left, bottom: box.top + height)
        : BoundingBox(left: box.left, top: box.top - height, right: box.left + width, bottom: box.top)
    }
    let order = turn == .left ? [false, true] : [true, false]
    return order.map { from(box.height, box.width, leftwards: $0) }
      + order.map { from(box.width, box.height, leftwards: $0) }
  }
}

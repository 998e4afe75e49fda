import DocumentModel

/// Finds where an image truly stands from where Poppler says it does.
///
/// Poppler (`CairoImageOutputDev::getBBox`) knows the lengths of the image's own two sides, but lays them along x and y
/// whatever the turn, gives the longer to the side with more pixels, and for a quarter turn starts at the corner where
/// the image's top left comes to stand. So there are few possible places, and the turn of the page's text tells which.
struct ImagePlace {
  let page: BoundingBox
  /// How the content stands on the page as shown.
  let turn: QuarterTurn

  /// How far an image may reach over the page's edge by rounding: then it still counts as on it.
  private static let fitShare = 0.98

  /// The box, clipped to the page; nil where no place is on it.
  func box(for reported: BoundingBox) -> BoundingBox? {
    let places = possiblePlaces(reported)
    let shares = places.map { $0.coverage(by: page) }
    guard let most = shares.max() else { return nil }
    // The first that fits; where none does, the first that fits best.
    let index = shares.firstIndex { $0 >= min(Self.fitShare, most) } ?? 0
    return places[index].intersection(page)
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

extension Sequence where Element == BoundingBox {
  /// The smallest box around all, or nil for none.
  package func union() -> BoundingBox? {
    var iterator = makeIterator()
    guard let first = iterator.next() else { return nil }
    var (left, top, right, bottom) = (first.left, first.top, first.right, first.bottom)
    while let next = iterator.next() {
      left = Swift.min(left, next.left)
      top = Swift.min(top, next.top)
      right = Swift.max(right, next.right)
      bottom = Swift.max(bottom, next.bottom)
    }
    return BoundingBox(left: left, top: top, right: right, bottom: bottom)
  }
}

extension [BoundingBox] {
  /// The smallest box around all, or nil for none.
  ///
  /// Beside the one for any sequence, which across modules looks up types at run time for each box.
  package func union() -> BoundingBox? {
    guard var all = first else { return nil }
    for box in dropFirst() {
      all = BoundingBox(
        left: Swift.min(all.left, box.left), top: Swift.min(all.top, box.top), right: Swift.max(all.right, box.right),
        bottom: Swift.max(all.bottom, box.bottom))
    }
    return all
  }
}

extension Histogram.Snapshot {
  /// What was recorded between an earlier reading of the same histogram and this one.
  ///
  /// The largest is known only as far as its bucket tells.
  package func since(_ earlier: Histogram.Snapshot) -> Histogram.Snapshot {
    let counts = zip(self.counts, earlier.counts).map { $0 > $1 ? $0 - $1 : 0 }
    let top = counts.lastIndex { $0 > 0 }
    let largest = top.map { $0 < bounds.count ? min(bounds[$0], maximum) : maximum } ?? .zero
    return Histogram.Snapshot(
      bounds: bounds, counts: counts, sum: max(.zero, sum - earlier.sum), count: counts.reduce(0, &+), maximum: largest)
  }
}

extension PixelRect {
  private static let leastRow = 4  // parts, one beside the other
  private static let mostInRows = 20_000  // parts that are looked at; more are no page of print and drawings
  private static let rowGap = 1.2  // of a part's height to the next
  private static let rowShift = 0.35  // of a part's height between the middles of two

  /// The parts that stand in rows of four and more, as high as those beside them: letters do, parts of drawings seldom.
  ///
  /// - Returns: none of more than 20,000 parts, which are no page of print.
  package static func inRows(_ parts: [PixelRect]) -> [PixelRect] {
    guard parts.count <= mostInRows else { return [] }
    let ordered = parts.sorted { ($0.left, $0.top) < ($1.left, $1.top) }
    // The next part of each one's row, and how many are before it.
    var next = [Int?](repeating: nil, count: ordered.count)
    var before = [Int](repeating: 0, count: ordered.count)
    for (index, part) in ordered.enumerated() {
      let reach = Double(part.right) + rowGap * Double(part.height)
      let found = ordered[(index + 1)...].prefix { Double($0.left) <= reach }.indices.first { at in
        let other = ordered[at]
        let shift = abs((2 * part.top + part.height) - (2 * other.top + other.height))
        return other.left >= part.right - 2 && Double(shift) <= 2 * rowShift * Double(part.height)
          && other.height <= 2 * part.height && part.height <= 2 * other.height
      }
      guard let found else { continue }
      next[index] = found
      before[found] = max(before[found], before[index] + 1)
    }
    var length = before.map { $0 + 1 }
    for index in ordered.indices.reversed() {
      if let next = next[index] { length[index] = max(length[index], length[next]) }
    }
    return ordered.indices.filter { length[$0] >= leastRow }.map { ordered[$0] }
  }
}

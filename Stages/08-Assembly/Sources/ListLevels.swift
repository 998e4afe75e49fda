import DocumentModel

/// Gives the list items of a page their levels and decides what ambiguous markers count.
struct ListLevels {
  private struct Level {
    var indent: Double
    var last: MarkerReading?
  }

  private var stack: [Level] = []
  private var column: Int?

  /// Something that is no list item stands between: a text further in than the first marker leaves the list open.
  mutating func interrupt(indent: Double?) {
    if let indent, let first = stack.first, indent > first.indent + Self.step { return }
    stack.removeAll()
  }

  /// The next list item of the page.
  ///
  /// - Parameters:
  ///   - readings: what its marker can mean, the likeliest first; none where no marker is printed.
  ///   - indent: how far its marker stands in from the page's reading side, in points.
  mutating func item(_ readings: [MarkerReading], indent: Double, column: Int?) -> (level: Int, reading: MarkerReading?)
  {
    if column != self.column {
      // The next column has its own left edge: the list goes on, its indents are measured anew.
      stack.removeAll()
      self.column = column
    }
    while let top = stack.last, stack.count > 1, top.indent > indent + Self.step { stack.removeLast() }
    guard let top = stack.last, indent <= top.indent + Self.step else {
      return push(chosen(readings, after: nil), indent)
    }
    // A page may begin within an inner list: what stands further out is the outer one from here on.
    if indent < top.indent - Self.step { stack[stack.count - 1].indent = indent }
    let reading = chosen(readings, after: top.last)
    if let reading, let last = top.last, !reading.isAlike(last) {
      // The same indent, another series: one that stands open further out goes on, one that begins is a list inside.
      if let depth = stack.lastIndex(where: { $0.last.map { Self.follows(reading, $0) } ?? false }) {
        stack.removeLast(stack.count - depth - 1)
      } else if Self.begins(reading), last.ordinal != nil, stack.count < Self.deepest {
        return push(reading, indent)
      }
    }
    stack[stack.count - 1].last = reading ?? stack[stack.count - 1].last
    return (stack.count, reading)
  }

  private mutating func push(_ reading: MarkerReading?, _ indent: Double) -> (Int, MarkerReading?) {
    if stack.count < Self.deepest {
      stack.append(Level(indent: indent, last: reading))
    } else {
      stack[stack.count - 1].last = reading
    }
    return (stack.count, reading)
  }

  /// The reading that continues a list on any open level, else one that begins a list, else the likeliest.
  private func chosen(_ readings: [MarkerReading], after last: MarkerReading?) -> MarkerReading? {
    guard readings.count > 1 else { return readings.first }
    for level in stack.reversed() {
      if let before = level.last, let next = readings.first(where: { Self.follows($0, before) }) { return next }
    }
    return readings.first(where: Self.begins) ?? readings.first
  }

  private static func follows(_ reading: MarkerReading, _ before: MarkerReading) -> Bool {
    guard reading.isAlike(before) else { return false }
    guard let a = before.ordinal, let b = reading.ordinal else { return reading.ordinal == nil }
    return b == a + 1
  }

  private static func begins(_ reading: MarkerReading) -> Bool { reading.ordinal == 1 }

  private static let step = 4.0  // points: less than the smallest indent in use, more than a glyph's side bearing
  private static let deepest = 9  // levels: word processors stop there
}

import DocumentModel

/// Tells whether a place of the page is covered by any of many boxes: built once, asked in constant time.
struct CoverageGrid {
  private let cell: Double
  private let columns: Int
  private let rows: Int
  private let covered: [Bool]

  private static let finest = 1.0  // points: finer than any letter
  private static let mostCells = 1_000.0  // each way: bounds memory on pages of any size

  init(page: PageSize, boxes: [BoundingBox]) {
    cell = max(Self.finest, max(page.width, page.height) / Self.mostCells)
    columns = max(Int(page.width / cell), 0) + 1
    rows = max(Int(page.height / cell), 0) + 1
    // A summed-area table: each box marks its four corners, one sweep fills them all.
    let stride = columns + 1
    var sums = [Int32](repeating: 0, count: stride * (rows + 1))
    for box in boxes {
      guard let left = Self.index(box.left, cell, columns), let top = Self.index(box.top, cell, rows),
        let right = Self.index(box.right, cell, columns), let bottom = Self.index(box.bottom, cell, rows)
      else { continue }
      sums[top * stride + left] += 1
      sums[top * stride + right + 1] -= 1
      sums[(bottom + 1) * stride + left] -= 1
      sums[(bottom + 1) * stride + right + 1] += 1
    }
    var covered = [Bool](repeating: false, count: columns * rows)
    for y in 0..<rows {
      var along: Int32 = 0
      for x in 0..<columns {
        along += sums[y * stride + x]
        // From here on the cell holds the count of boxes over it, which the row below builds on.
        sums[y * stride + x] = along + (y > 0 ? sums[(y - 1) * stride + x] : 0)
        covered[y * columns + x] = sums[y * stride + x] > 0
      }
    }
    self.covered = covered
  }

  func covers(x: Double, y: Double) -> Bool {
    guard let column = Self.index(x, cell, columns), let row = Self.index(y, cell, rows) else { return false }
    return covered[row * columns + column]
  }

  /// Whether any place within is covered, at half the height of the box: its edges may touch what stands above.
  func coversLevel(of box: BoundingBox) -> Bool {
    guard let row = Self.index(box.midY, cell, rows), let first = Self.index(box.left, cell, columns),
      let last = Self.index(box.right, cell, columns), first <= last
    else { return false }
    return covered[(row * columns + first)...(row * columns + last)].contains(true)
  }

  func coversCentre(of box: BoundingBox) -> Bool { covers(x: box.midX, y: box.midY) }

  private static func index(_ value: Double, _ cell: Double, _ count: Int) -> Int? {
    value.isFinite ? Int(min(max(value / cell, 0), Double(count - 1))) : nil
  }
}

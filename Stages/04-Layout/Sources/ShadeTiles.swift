/// The shades of a raster in squares, found when the first large box is asked for: a layer of page-high words must not read
/// all pixels for each.
final class ShadeTiles {
  private static let side = 16  // pixels

  private var columns = 0
  private var tiles: [GreyPixels.Shades] = []

  /// The pixels of whole tiles within a range; nil where there are none.
  static func whole(in pixels: Range<Int>) -> Range<Int>? {
    let first = (pixels.lowerBound + side - 1) / side
    let end = pixels.upperBound / side
    return first < end ? first * side..<end * side : nil
  }

  /// Adds what whole tiles hold.
  ///
  /// - Parameter columns: pixels, as are the rows.
  func add(_ columns: Range<Int>, _ rows: Range<Int>, of pixels: GreyPixels, to shades: inout GreyPixels.Shades) {
    prepare(pixels)
    for y in rows.lowerBound / Self.side..<rows.upperBound / Self.side {
      for x in columns.lowerBound / Self.side..<columns.upperBound / Self.side {
        shades.add(tiles[y * self.columns + x])
      }
    }
  }

  private func prepare(_ pixels: GreyPixels) {
    guard tiles.isEmpty else { return }
    columns = (pixels.width + Self.side - 1) / Self.side
    tiles = Array(repeating: GreyPixels.Shades(), count: columns * ((pixels.height + Self.side - 1) / Self.side))
    for y in 0..<pixels.height {
      let row = pixels.row(y)
      let first = y / Self.side * columns
      for x in 0..<pixels.width { tiles[first + x / Self.side].add(row[x]) }
    }
  }
}

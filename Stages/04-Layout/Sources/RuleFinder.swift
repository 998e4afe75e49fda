import DocumentModel
import Leptonica

/// Ruling lines of a page raster, in points, without the strokes of letters.
enum RuleFinder {
  private static let leastLength = 11.0  // points: the side of a low table cell
  private static let letterHeights = 1.25  // of tall words: their strokes are shorter
  private static let greatestThickness = 4.0  // points: thicker is a bar
  private static let ink = 205  // grey: hairlines at low resolution are pale
  private static let sameLine = 1.5  // points across: pieces of one line on a scan
  private static let bridged = 6.0  // points along: gaps in one line, dashes too
  private static let mostRules = 4_000  // a page of a thousand ruled cells; a hatching beyond it is no table

  static func rules(in raster: RasterImage, resolution: Double, words: [BoundingBox]) throws -> [RulingLine] {
    let scale = resolution / 72
    let heights = words.map { min($0.height, $0.width * 2) }.sorted()
    let tall = heights.isEmpty ? 0 : heights[heights.count * 9 / 10]
    let length = max(leastLength, min(letterHeights * tall, 30))
    let found = try raster.rulingLines(
      minimumLength: Int(length * scale), maximumThickness: max(Int(greatestThickness * scale), 3), level: ink)
    let lines =
      found.horizontal.map { piece($0, .horizontal, scale) } + found.vertical.map { piece($0, .vertical, scale) }
    let strokes = StrokeIndex(words)
    return merged(lines.filter { !strokes.holds($0) }).filter { $0.length >= length }.prefix(mostRules).map { $0 }
  }

  private static func piece(_ found: RulingRect, _ axis: RulingLine.Axis, _ scale: Double) -> RulingLine {
    let rect = found.rect
    let left = Double(rect.left) / scale
    let right = Double(rect.right) / scale
    let top = Double(rect.top) / scale
    let bottom = Double(rect.bottom) / scale
    return axis == .horizontal
      ? RulingLine(
        axis: axis, position: (top + bottom) / 2, start: left, end: right, thickness: found.thickness / scale)
      : RulingLine(
        axis: axis, position: (left + right) / 2, start: top, end: bottom, thickness: found.thickness / scale)
  }

  /// Joins pieces of one line; horizontals first, each axis by position, then start.
  static func merged(_ lines: [RulingLine]) -> [RulingLine] {
    RulingLine.Axis.allCases.flatMap { axis in merge(lines.filter { $0.axis == axis }, axis) }
  }

  private static func merge(_ lines: [RulingLine], _ axis: RulingLine.Axis) -> [RulingLine] {
    var done: [RulingLine] = []
    var group: [RulingLine] = []
    func close() {
      var current: RulingLine?
      for line in group.sorted(by: { ($0.start, $0.position) < ($1.start, $1.position) }) {
        if let last = current, line.start <= last.end + bridged {
          let (a, b) = (last.length, line.length)
          let position = a + b > 0 ? (last.position * a + line.position * b) / (a + b) : last.position
          current = RulingLine(
            axis: axis, position: position, start: last.start, end: max(last.end, line.end),
            thickness: max(last.thickness, line.thickness))
        } else {
          if let current { done.append(current) }
          current = line
        }
      }
      if let current { done.append(current) }
      group = []
    }
    for line in lines.sorted(by: { ($0.position, $0.start) < ($1.position, $1.start) }) {
      // A group ends where the distance to its first line does, so that a fan of lines does not run together.
      if let first = group.first, line.position - first.position > sameLine { close() }
      group.append(line)
    }
    close()
    return done.sorted { ($0.position, $0.start) < ($1.position, $1.start) }
  }
}

import Contracts
import DocumentModel

/// What the ends of an element's lines tell.
struct Edges {
  let alignment: Typography.Alignment
  /// Of the first line against the others, in points; negative where it hangs.
  let indent: Double
  /// From the end of the last line to the edge of the text, in points.
  let lastLineGap: Double

  /// - Parameters:
  ///   - boxes: of the lines, upright, in reading order.
  ///   - column: the column's box, upright, where the element stands in one.
  init(_ boxes: [BoundingBox], column: BoundingBox?, direction: ReadingDirection) {
    guard let first = boxes.first, let last = boxes.last else {
      (alignment, indent, lastLineGap) = (.left, 0, 0)
      return
    }
    let rightToLeft = direction == .rightToLeft
    /// Distances from the reading side, growing with the text.
    func start(_ box: BoundingBox) -> Double { rightToLeft ? -box.right : box.left }
    func end(_ box: BoundingBox) -> Double { rightToLeft ? -box.left : box.right }

    let rest = boxes.dropFirst()
    let body = rest.isEmpty ? start(first) : rest.map(start).min() ?? start(first)
    indent = start(first) - body
    var edge = boxes.map(end).max() ?? end(first)
    if boxes.count <= Self.few, let column { edge = max(edge, end(column)) }
    lastLineGap = max(0, edge - end(last))

    if rest.isEmpty {
      alignment = Self.single(first, column, rightToLeft)
      return
    }
    let tolerance = max(Self.tolerance, Self.heightShare * first.height)
    let full = boxes.dropLast()
    let startsAlign = Self.spread(rest.map(start)) <= tolerance
    let endsAlign = Self.spread(full.map(end)) <= tolerance
    let centred = Self.spread(boxes.map(\.midX)) <= tolerance
    if centred && !(startsAlign && endsAlign && abs(indent) <= tolerance && boxes.count > 2)
      && Self.spread(boxes.map(start)) > tolerance
    {
      alignment = .center
    } else if startsAlign && endsAlign && boxes.count > 2 {
      alignment = .justified
    } else if startsAlign {
      alignment = rightToLeft ? .right : .left
    } else if Self.spread(boxes.map(end)) <= tolerance {
      alignment = rightToLeft ? .left : .right
    } else {
      alignment = rightToLeft ? .right : .left
    }
  }

  /// One line tells by its place in the column.
  private static func single(_ line: BoundingBox, _ column: BoundingBox?, _ rightToLeft: Bool) -> Typography.Alignment {
    let usual: Typography.Alignment = rightToLeft ? .right : .left
    guard let column, column.width > 0 else { return usual }
    let before = line.left - column.left
    let after = column.right - line.right
    let free = freeShare * column.width
    if min(before, after) > free, abs(before - after) < free { return .center }
    if !rightToLeft, before > free * 4, after < tolerance { return .right }
    if rightToLeft, after > free * 4, before < tolerance { return .left }
    return usual
  }

  private static func spread(_ values: some Collection<Double>) -> Double {
    (values.max() ?? 0) - (values.min() ?? 0)
  }

  private static let few = 2  // lines: with more the element shows its own edge
  private static let tolerance = 2.0  // points: side bearings and protruding punctuation
  private static let heightShare = 0.25  // of a line's height: the same for large type
  private static let freeShare = 0.08  // of the column: less white on both sides is no centring
}

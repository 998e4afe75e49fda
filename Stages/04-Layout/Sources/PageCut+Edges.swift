import DocumentModel

/// What a gutter reaches along without parting it: short rows above and below both columns, of text across the page.
extension PageCut {
  /// Takes off the first column what is no more of it: a short row or two below both columns, nearer to the text across the
  /// page, or the rows of items, that follow than to the column, or in larger type. The gutter reaches down beside a heading as it does beside a column that ends
  /// late.
  func headingBelow(
    _ column: inout [Segment], beside other: [Segment], above text: [Segment], _ gutter: BoundingBox
  ) -> [Segment] {
    guard let end = other.map(\.box.bottom).max(), let next = text.map(\.box.top).min() else { return [] }
    let tail = column.filter { $0.box.top > end }
    guard !tail.isEmpty, let top = tail.map(\.box.top).min(), let bottom = tail.map(\.box.bottom).max(),
      let last = column.filter({ $0.box.top <= end }).map(\.box.bottom).max(),
      rows(tail).count <= Self.mostHeading, next >= bottom - Self.otherRow * em,
      top - last > Self.headingWhite * em,
      top - last > next - bottom || tail.allSatisfy({ $0.size >= Self.headingSize * em })
    else { return [] }
    let across = text.map(\.box) + ItemRows.bands(text)
    let isAcross = across.contains {
      $0.top < next + Self.otherRow * em && $0.left < gutter.left && $0.right > gutter.right
    }
    guard isAcross else { return [] }
    column.removeAll { $0.box.top > end }
    return tail
  }

  /// Takes off the first column the short last rows of a paragraph across the page: set as the rows above are, as close to
  /// them and flush with them, above all of the other column, and with more white below. The gutter reaches up beside them.
  func restAbove(
    _ column: inout [Segment], beside other: [Segment], below text: [Segment], _ gutter: BoundingBox
  ) -> [Segment] {
    guard let start = other.map(\.box.top).min(), var last = text.max(by: { $0.box.midY < $1.box.midY }),
      let before = text.filter({ $0.box.midY < last.box.midY - Self.otherRow * em }).max(by: {
        $0.box.midY < $1.box.midY
      }),
      let row = text.filter({ $0.box.midY > before.box.midY + Self.otherRow * em }).lazy.map(\.box).union(),
      row.left < gutter.left, row.right > gutter.right
    else { return [] }
    let step = last.baseline - before.baseline
    let edge = rightToLeft ? row.right : row.left
    var rest: [Segment] = []
    for row in column.sorted(by: { $0.box.midY < $1.box.midY }).prefix(Self.mostRest) {
      guard row.box.bottom < start, abs(row.baseline - last.baseline - step) <= Self.sameStep * em,
        abs((rightToLeft ? row.box.right : row.box.left) - edge) <= Self.sameEdge * em,
        abs(row.size - last.size) <= Self.sameSize * last.size
      else { break }
      rest.append(row)
      last = row
    }
    guard let end = rest.last else { return [] }
    let next = column.filter { $0.box.midY > end.box.midY + Self.otherRow * em }.map(\.baseline).min()
    guard next.map({ $0 - end.baseline > step + Self.headingWhite * em / 2 }) ?? true else { return [] }
    column.removeAll { $0.box.midY <= end.box.midY + Self.otherRow * em }
    return rest
  }

  private static let mostHeading = 2  // rows
  private static let headingSize = 1.15  // em: larger than a column's text
  private static let headingWhite = 0.8  // em: more than lies between the lines of a column
  private static let mostRest = 2  // rows that are not filled to the gutter
  private static let (sameStep, sameEdge) = (0.15, 0.3)  // em
  private static let sameSize = 0.05
}

import DocumentModel

/// Parts areas at the headings that they reach over: what stands above a heading is not of the table below it.
struct AreaParts {
  /// The headings in larger type with no word beside them, from top to bottom.
  private let headings: [(box: BoundingBox, size: Double)]

  private static let larger = 1.05  // of the area's type: rows that head groups have the table's own
  private static let within = 0.5  // of the heading's width

  /// - Parameter words: ascending by the y of their middle.
  init(_ page: UprightPage, words: [TableWord]) {
    headings = page.regions.filter { $0.kind == .heading || $0.kind == .title }.compactMap { region in
      let first = words.partitioningIndex { $0.box.midY >= region.box.top }
      let level = words[first...].prefix { $0.box.midY <= region.box.bottom }
      let own = level.filter { region.box.contains(x: $0.box.midX, y: $0.box.midY) }
      guard own.count == level.count, let size = own.map(\.size).median else { return nil }
      return (region.box, size)
    }
    .sorted { $0.box.top < $1.box.top }
  }

  /// Whether a heading stands right above an area, with nothing between them.
  func isHeaded(_ area: BoundingBox) -> Bool {
    headings.contains {
      $0.box.bottom <= area.top + 1 && area.top - $0.box.bottom < Self.reach * $0.size
        && $0.box.horizontalOverlap(area) >= Self.within * $0.box.width
    }
  }

  private static let reach = 2.5  // of the heading's size

  /// The area's parts above, between and below its headings, from top to bottom; the area itself where it has none.
  ///
  /// - Parameter size: of most words in the area.
  func parts(of area: BoundingBox, size: Double) -> [BoundingBox] {
    let inside = headings.filter {
      $0.box.midY > area.top && $0.box.midY < area.bottom && $0.size >= Self.larger * size
        && $0.box.horizontalOverlap(area) >= Self.within * $0.box.width
    }
    guard !inside.isEmpty else { return [area] }
    let tops = [area.top] + inside.map { max($0.box.bottom, area.top) }
    let bottoms = inside.map { min($0.box.top, area.bottom) } + [area.bottom]
    return zip(tops, bottoms).filter { $0 < $1 }.map {
      BoundingBox(left: area.left, top: $0, right: area.right, bottom: $1)
    }
  }
}

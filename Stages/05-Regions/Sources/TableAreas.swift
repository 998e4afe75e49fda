import DocumentModel

/// All candidates for tables of a page, overlapping ones joined.
enum TableAreas {
  private static let mostAreas = 200  // a page: joined pairwise

  static func find(_ view: PageView, rows: [TextRow]) -> [TableArea] {
    let upright = rows.filter { !$0.lines[0].isTurned }
    let headings = view.isRecognized ? [] : TableHeadings.find(upright, view.horizontals)
    let found =
      RuledAreas.grids(view.horizontals, view.verticals)
      + RuledAreas.bands(view.horizontals, upright, headings: headings.map { upright[$0].box })
      + AlignedAreas.areas(upright, headings: headings)
    var joined: [TableArea] = []
    for area in found.prefix(mostAreas) {
      var whole = area
      while let other = joined.firstIndex(where: { overlaps($0.box, whole.box) }) {
        let known = joined.remove(at: other)
        whole = TableArea(
          box: whole.box.union(known.box), confidence: max(whole.confidence, known.confidence))
      }
      joined.append(whole)
    }
    return joined.filter { area in
      // Rules without text in two rows are a frame or a drawing.
      rows.count { area.box.contains(x: $0.box.midX, y: $0.box.midY) } >= 2
        || rows.contains { area.box.contains(x: $0.box.midX, y: $0.box.midY) && $0.cells(gap: 1).count >= 3 }
    }
  }

  /// More than a touch: tables may stand close to each other.
  private static func overlaps(_ a: BoundingBox, _ b: BoundingBox) -> Bool {
    guard let common = a.intersection(b) else { return false }
    return common.area > 0.1 * min(a.area, b.area)
  }
}

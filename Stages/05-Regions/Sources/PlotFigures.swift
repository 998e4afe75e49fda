import DocumentModel

/// The figures that plots make: panels that stand side by side or one over the other, with the labels around them.
enum PlotFigures {
  private static let beside = 9.0  // em between panels: numbers, a name and a margin
  private static let over = 11.0  // the same from one to the next below it: numbers, a name and a title
  private static let aligned = 0.5  // of the larger panel's side
  private static let mostWords = 8  // of a label between two panels
  private static let mostPlots = 100  // joined pairwise

  private struct Group {
    var plots: [PlotAreas.Plot]
    var hull: BoundingBox
  }

  static func find(_ view: PageView, lines: [LineView], body: BodyFacts) -> [FigureAreas.Figure] {
    let rules = view.horizontals.count + view.verticals.count
    guard !view.isRecognized, rules > 0 || !view.images.isEmpty, rules <= DrawnParts.mostRules else { return [] }
    let parts = DrawnParts(view)
    var groups: [Group] = []
    let plots = PlotAreas.find(view, lines: lines, parts: parts).sorted {
      ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left)
    }
    for plot in plots.prefix(mostPlots) {
      var whole = Group(plots: [plot], hull: plot.box)
      while let near = groups.firstIndex(where: { belong($0, whole, lines) }) {
        let other = groups.remove(at: near)
        whole = Group(plots: other.plots + whole.plots, hull: other.hull.union(whole.hull))
      }
      groups.append(whole)
    }
    return groups.map { group in
      let first = group.plots[0]
      let isOwn = first.family != body.family
      let hull = isOwn ? framed(group.hull, first.family, parts, lines) : group.hull
      let labels = FigureLabels(
        plots: group.plots.map(\.box), hull: hull, size: first.size, family: first.family, isOwn: isOwn
      ).find(lines)
      return FigureAreas.Figure(box: labels.reduce(hull) { $0.union($1.box) }, lines: labels.map(\.index))
    }
  }

  /// Whether plots overlap, or are panels in line with nothing but labels between them.
  private static func belong(_ a: Group, _ b: Group, _ lines: [LineView]) -> Bool {
    if a.hull.intersects(b.hull) { return true }
    let em = min(a.plots[0].size, b.plots[0].size)
    let (first, second) = (a.hull, b.hull)
    let isBeside =
      first.verticalOverlap(second) >= aligned * max(first.height, second.height)
      && max(first.left - second.right, second.left - first.right) <= beside * em
    let isOver =
      first.horizontalOverlap(second) >= aligned * max(first.width, second.width)
      && max(first.top - second.bottom, second.top - first.bottom) <= over * em
    guard isBeside || isOver else { return false }
    let both = first.union(second)
    return !lines.contains { line in
      line.box.coverage(by: both) > 0.5 && line.box.coverage(by: first) < 0.5 && line.box.coverage(by: second) < 0.5
        && !line.isTurned
        && (CaptionText(line.words)?.isMarked == true
          || line.words.count > mostWords && line.words.count { NumberAxis.value($0) == nil } > mostWords)
    }
  }

  private static let widestFrame = 4.0  // times the plots' area

  /// The frame around plots that holds nothing but labels in their typeface.
  private static func framed(_ hull: BoundingBox, _ family: String, _ parts: DrawnParts, _ lines: [LineView])
    -> BoundingBox
  {
    let frames = parts.parts.map(\.box).filter { box in
      box.contains(hull) && box.area <= widestFrame * hull.area
        && lines.allSatisfy { $0.box.coverage(by: box) < 0.5 || NumberAxis.family($0.font) == family || $0.isTurned }
    }
    return frames.max { $0.area < $1.area } ?? hull
  }
}

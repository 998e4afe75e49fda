import DocumentModel

/// Plots told by their axes, numbers that grow evenly along what is drawn, and trees told by labels at the ends of
/// their branches.
///
/// Thin curves and points hold too little ink to be found by it, and the rules around them are those of a frame; but
/// text and tables have no such numbers outside of their rules.
struct PlotAreas {
  struct Plot {
    let box: BoundingBox
    /// The size of its labels, in points.
    let size: Double
    /// The typeface of its labels.
    let family: String
  }

  private enum Side {
    case left
    case right
    case below
  }

  private static let leastSide = 36.0  // points: a smaller drawing is an ornament or a rule
  private static let reach = 2.2  // em from the numbers to the axis that they stand along
  private static let slack = 3.0  // points: rules that meet on paper end so near each other
  private static let corner = 36.0  // points that two axes may keep from each other where they would meet
  private static let cornerShare = 0.3  // the same of the shorter one
  private static let apart = 24.0  // points between the parts of one plot: bars, a key of colours
  private static let known = 0.7  // of a line in the plot
  private static let level = 0.7  // of the lower one: parts side by side
  private static let higher = 1.5  // times: a part beside another that is no part of it
  private static let seedShare = 0.2  // of an axis: what is drawn over it is as long
  private static let sharedRows = 0.75  // of the numbers along it: rows and columns of a table begin with them
  private static let drawn = 0.9  // of a part that lies between two axes
  private static let sheet = 0.6  // of the page: a larger frame with numbers along one side is a sheet of drawing paper
  private static let leastStrokes = 3  // between axes of which one is drawn, besides it
  private static let mostAxes = 60  // of a kind: a page of them is a table
  private static let leastCode = 2  // lines of code in a frame: it is a listing's

  private let view: PageView
  private let lines: [LineView]
  private let parts: [DrawnParts.Part]

  /// - Returns: what the axes span, without the labels around.
  static func find(_ view: PageView, lines: [LineView], parts: DrawnParts) -> [Plot] {
    let found = NumberAxis.find(lines)
    let areas = PlotAreas(view: view, lines: lines, parts: parts.parts)
    // Numbers that count downwards are those of lines, beside a rule on pleading paper.
    return areas.plots(found.across, found.down.filter { $0.isTurned || !$0.isCounting }) + areas.trees()
  }

  private func plots(_ across: [NumberAxis], _ down: [NumberAxis]) -> [Plot] {
    guard !across.isEmpty || !down.isEmpty else { return [] }
    var plots: [Plot] = []
    func add(_ box: BoundingBox, _ axis: NumberAxis, _ sides: [(NumberAxis, Side)]) {
      guard !plots.contains(where: { box.coverage(by: $0.box) > 0.8 }), isPlot(box, sides) else { return }
      plots.append(Plot(box: box, size: axis.size, family: axis.family))
    }
    for left in down.prefix(Self.mostAxes) {
      for bottom in across.prefix(Self.mostAxes) {
        if let box = span(left, bottom) { add(box, left, [(left, .left), (bottom, .below)]) }
      }
    }
    for (axes, sides) in [(down, [Side.left, .right]), (across, [.below])] {
      for axis in axes.prefix(Self.mostAxes) {
        for side in sides { if let box = area(along: axis, side) { add(box, axis, [(axis, side)]) } }
      }
    }
    return plots
  }

  // MARK: Axes

  /// Whether a part's edge is what numbers stand along.
  private func isAlong(_ box: BoundingBox, _ axis: NumberAxis, _ side: Side) -> Bool {
    let near = -0.3 * axis.size...Self.reach * axis.size
    let (start, end) = side == .below ? (box.left, box.right) : (box.top, box.bottom)
    guard start <= axis.first + Self.slack, end >= axis.last - Self.slack else { return false }
    switch side {
    case .left: return near.contains(box.left - axis.box.right)
    case .right: return near.contains(axis.box.left - box.right)
    case .below: return near.contains(axis.box.top - box.bottom)
    }
  }

  /// The rule that numbers stand along, alone or in a frame.
  private func rule(_ axis: NumberAxis, _ side: Side) -> RulingLine? {
    side == .below
      ? view.horizontals.last { isAlong($0.box, axis, side) } : view.verticals.first { isAlong($0.box, axis, side) }
  }

  /// What two axes span that meet at the lower left.
  private func span(_ left: NumberAxis, _ bottom: NumberAxis) -> BoundingBox? {
    let (down, across) = (rule(left, .left), rule(bottom, .below))
    let x = down?.position ?? left.box.right
    let y = across?.position ?? bottom.box.top
    let start = across?.start ?? bottom.first
    let end = down?.end ?? left.last
    let box = BoundingBox(
      left: min(x, start), top: down?.start ?? left.first, right: across?.end ?? bottom.last, bottom: max(y, end))
    guard min(box.width, box.height) >= Self.leastSide, left.family == bottom.family || down != nil && across != nil,
      abs(start - x) <= min(Self.corner, Self.cornerShare * box.width),
      abs(end - y) <= min(Self.corner, Self.cornerShare * box.height)
    else { return nil }
    let zone = box.insetBy(-Self.corner)
    let inside = parts.filter { $0.box.insetBy(-1).intersects(box) && $0.box.coverage(by: zone) > Self.drawn }
    // Without drawn axes something must be drawn between them.
    let isDrawn =
      down != nil && across != nil || inside.count > Self.leastStrokes
      || inside.contains { $0.isArea && $0.box.area > 0.1 * box.area }
    return isDrawn ? inside.filter(\.isArea).reduce(box) { $0.union($1.box) } : nil
  }

  /// What is drawn next to numbers, with its parts beside it.
  private func area(along axis: NumberAxis, _ side: Side) -> BoundingBox? {
    // Numbers that fall to the right are those of a drawing's sheet; numbers within another net are a table's header.
    guard side != .below || axis.isRising else { return nil }
    let along = parts.filter { part in
      isAlong(part.box, axis, side)
        && !parts.contains { $0.isArea && $0.box.contains(axis.box) && !$0.box.contains(part.box, tolerance: 1) }
    }
    if let box = along.filter(\.isArea).max(by: { $0.box.area < $1.box.area })?.box {
      let whole = withNeighbours(box)
      if min(whole.width, whole.height) >= Self.leastSide { return whole }
    }
    // An axis that stands apart from what is drawn over or beside it.
    guard side != .right, let rule = along.first(where: { !$0.isArea })?.box else { return nil }
    let zone =
      side == .left
      ? BoundingBox(
        left: rule.left, top: rule.top - Self.corner, right: view.size.width, bottom: rule.bottom + Self.corner)
      : BoundingBox(left: rule.left - Self.corner, top: 0, right: rule.right + Self.corner, bottom: rule.bottom)
    let near = parts.filter { part in
      let share = side == .left ? part.box.height / rule.height : part.box.width / rule.width
      let gap = side == .left ? part.box.left - rule.right : rule.top - part.box.bottom
      return part.isArea && part.box.coverage(by: zone) > Self.drawn && share >= Self.seedShare && gap <= Self.corner
    }
    return near.isEmpty ? nil : withNeighbours(near.reduce(rule) { $0.union($1.box) })
  }

  /// With parts level with it: panels, bars, a key of colours.
  private func withNeighbours(_ box: BoundingBox) -> BoundingBox {
    var whole = box
    var rest = parts.filter(\.isArea)
    while let next = rest.firstIndex(where: { part in
      let gap = max(part.box.left - whole.right, whole.left - part.box.right)
      return gap <= Self.apart && part.box.height <= Self.higher * whole.height
        && part.box.verticalOverlap(whole) >= Self.level * min(part.box.height, whole.height)
    }) {
      whole = whole.union(rest.remove(at: next).box)
    }
    return whole
  }

  // MARK: Trees

  private static let leastBranches = 3  // with labels
  private static let branch = 1.0  // em of a branch before its label
  private static let tip = 0.8  // em from a branch to its label; strokes of letters may seem to lengthen it
  private static let height = 0.2  // of a label: rules of forms run at its foot
  private static let mostWords = 4  // in a label

  /// Rules that meet, and labels in the middle of whose height some of them end.
  private func trees() -> [Plot] {
    var ends: [(line: LineView, rule: RulingLine)] = []
    for line in lines where !line.isTurned && line.words.count <= Self.mostWords {
      let rule = view.horizontals.first { rule in line.wordBoxes.contains { isTip($0, of: rule, size: line.size) } }
      let goesOn = view.horizontals.contains {
        abs($0.position - line.box.midY) <= Self.height * line.box.height
          && ($0.start - line.box.right).magnitude <= Self.tip * line.size
      }
      if let rule, !goesOn { ends.append((line, rule)) }
    }
    guard ends.count >= Self.leastBranches else { return [] }
    return parts.filter(\.isArea).compactMap { part in
      let labels = ends.filter { part.box.contains($0.rule.box, tolerance: 1) }.map(\.line)
      guard labels.count >= Self.leastBranches, Set(labels.map(\.font)).count == 1 else { return nil }
      let box = labels.reduce(part.box) { $0.union($1.box) }
      guard isPlot(box, [], labels: [NumberAxis.family(labels[0].font)]) else { return nil }
      return Plot(box: box, size: labels[0].size, family: NumberAxis.family(labels[0].font))
    }
  }

  private func isTip(_ word: BoundingBox, of rule: RulingLine, size: Double) -> Bool {
    abs(rule.position - word.midY) <= Self.height * word.height && rule.start <= word.left - Self.branch * size
      && rule.end >= word.left - Self.tip * size && rule.end <= word.right + Self.slack
  }

  // MARK: Plots and other things

  /// Whether what the axes span is large enough, and holds neither text nor the rows of a table.
  private func isPlot(
    _ box: BoundingBox, _ axes: [(axis: NumberAxis, side: Side)], labels: Set<String> = []
  ) -> Bool {
    guard min(box.width, box.height) >= Self.leastSide,
      box.area < (axes.count == 2 ? Self.drawn : Self.sheet) * view.size.bounds.area
    else {
      return false
    }
    let inside = lines.filter { $0.box.coverage(by: box) >= Self.known && !isPoints($0) }
    let families = labels.union(axes.map(\.axis.family))
    let isListing = inside.count { $0.isMonospaced && !families.contains(NumberAxis.family($0.font)) } >= Self.leastCode
    guard !isListing, !FigureAreas.isGround(box, inside),
      !inside.contains(where: { CaptionText($0.words)?.isMarked == true })
    else { return false }
    // Rows may run on beyond what is drawn.
    let words = lines.filter { !$0.isTurned && $0.box.intersects(box) && !isPoints($0) }.flatMap(\.wordBoxes).filter {
      $0.intersects(box)
    }
    return !axes.contains { isTable(words, $0.axis, $0.side) }
  }

  /// Whether words go on from the numbers, as a table's rows and columns do.
  private func isTable(_ words: [BoundingBox], _ axis: NumberAxis, _ side: Side) -> Bool {
    guard !axis.isTurned else { return false }
    let shared = axis.numbers.count { number in
      side == .below
        ? words.count { abs($0.midX - number.midX) <= 0.4 * axis.size || abs($0.right - number.right) <= 1 } >= 2
        : words.contains { number.midY > $0.top && number.midY < $0.bottom }
    }
    return Double(shared) >= Self.sharedRows * Double(axis.numbers.count)
  }

  /// Circles and crosses of a typeface: one mark to a word, and all alike.
  private func isPoints(_ line: LineView) -> Bool {
    guard line.letters == line.words.count, Set(line.words).count == 1 else { return false }
    return line.words.count > 1 || !line.text.unicodeScalars.contains { $0.isLetter || $0.isNumeral }
  }
}

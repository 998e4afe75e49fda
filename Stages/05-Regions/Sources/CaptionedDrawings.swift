import DocumentModel

/// Drawings told by the caption below them: charts of thin lines, with their labels, that ink alone does not show whole.
///
/// From a figure's caption the rules look up its column, over short labels, to the text above. What strokes and pictures
/// stand in between, with the labels in and around them, is the figure.
enum CaptionedDrawings {
  private static let leastSide = 36.0  // points: a smaller drawing is an ornament or a rule
  private static let leastStroke = 20.0  // points: axes, frames and grids are longer, rules of fractions are not
  private static let joins = 14.0  // points between the strokes of one drawing: from a plot to the next below it
  private static let above = 0.8  // em: a plot's own title stands close; a heading keeps its distance
  private static let beside = 5.0  // em: numbers of an axis and its name
  private static let below = 5.0  // em: numbers of an axis and its name below them
  private static let longLabel = 45  // letters: longer lines are text
  private static let textWords = 6  // words in a line that fills half its column
  private static let textWidth = 0.45  // of the column
  private static let numeric = 0.5  // of a line's letters that are digits: numbers along an axis
  private static let tableRows = 3  // of two or more pieces of text among the strokes: more than a legend has
  private static let mostText = 0.35  // of the drawing's area: more is a table or a box of text

  private static let mostCaptions = 64  // of pictures on a page: a page of print has a dozen

  /// - Parameter lines: those that nothing has claimed, in the layout's order.
  static func find(_ view: PageView, lines: [LineView], body: BodyFacts) -> [FigureAreas.Figure] {
    guard !view.isRecognized else { return [] }
    let openings = lines.map { $0.isTurned ? nil : CaptionText($0.words) }
    let captions = lines.indices.filter { openings[$0].map { $0.isMarked && $0.isFigure } ?? false }
    guard !captions.isEmpty else { return [] }
    let setting = Setting(view, lines, openings, body: body)
    var figures: [FigureAreas.Figure] = []
    for caption in captions.prefix(mostCaptions) {
      guard let figure = framed(by: lines[caption], view, lines) ?? drawing(above: lines[caption], view, setting, body),
        !figures.contains(where: { $0.box.intersects(figure.box) })
      else { continue }
      figures.append(figure)
    }
    return figures
  }

  /// What each line of the page is to all captions: read once.
  private struct Setting {
    enum Part { case text, wideText, code, label }

    let lines: [LineView]
    let parts: [Part]

    init(_ view: PageView, _ lines: [LineView], _ openings: [CaptionText?], body: BodyFacts) {
      self.lines = lines
      let drawn = view.images + view.verticals.map(\.box)
      parts = zip(lines, openings).map { line, opening in
        if line.isTurned { return .label }
        // A line of code with nothing drawn beside it: the command that drew what stands below.
        if !body.isMonospaced, line.isMonospaced,
          !drawn.contains(where: { $0.verticalOverlap(line.box) > 0.5 * line.box.height })
        {
          return .code
        }
        if opening?.isMarked == true { return .text }
        let digits = line.text.unicodeScalars.count { $0.isNumeral || $0 == "." || $0 == "−" }
        if Double(digits) >= numeric * Double(line.letters) { return .label }
        return line.letters > longLabel ? .text : line.words.count >= textWords ? .wideText : .label
      }
    }

    /// Whether a line is text between a drawing and what stands above it, and no label.
    func isText(_ place: Int, in column: BoundingBox) -> Bool {
      switch parts[place] {
      case .text, .code: true
      case .wideText: lines[place].box.width >= textWidth * column.width
      case .label: false
      }
    }
  }

  private static let frameGap = 2.0  // em from a caption to the frame it belongs to
  private static let frameEnds = 3.0  // points by which a frame's sides miss each other
  private static let mostProse = 2  // lines of text in a frame with a drawing: a note or two

  private static let mostFrames = 16  // pairs of rules looked at for a caption: a page of hatching has thousands

  /// What a frame above or below the caption holds, where it is a drawing.
  private static func framed(by caption: LineView, _ view: PageView, _ lines: [LineView]) -> FigureAreas.Figure? {
    let near = -1...frameGap * caption.size
    let spans = view.horizontals.filter {
      $0.length >= leastSide && $0.start < caption.box.midX && $0.end > caption.box.midX
    }
    let below = spans.filter { near.contains($0.position - caption.box.bottom) }.prefix(mostFrames).lazy.flatMap {
      top in
      spans.lazy.filter { $0.position - top.position >= leastSide }.map { (top, $0) }
    }
    let above = spans.filter { near.contains(caption.box.top - $0.position) }.prefix(mostFrames).lazy.flatMap {
      bottom in
      spans.lazy.filter { bottom.position - $0.position >= leastSide }.map { ($0, bottom) }
    }
    for pairs in [AnySequence(below), AnySequence(above)] {
      let frames = pairs.lazy.filter { abs($0.start - $1.start) <= frameEnds && abs($0.end - $1.end) <= frameEnds }
      for (top, bottom) in frames.prefix(mostFrames) {
        let box = BoundingBox(left: top.start, top: top.position, right: top.end, bottom: bottom.position)
        guard hasSides(box, view), holdsDrawing(box, view, lines) else { continue }
        return FigureAreas.Figure(box: box, lines: lines.filter { $0.box.coverage(by: box) > 0.9 }.map(\.index))
      }
    }
    return nil
  }

  private static func hasSides(_ box: BoundingBox, _ view: PageView) -> Bool {
    [box.left, box.right].allSatisfy { x in
      view.verticals.contains {
        abs($0.position - x) <= frameEnds && $0.start <= box.top + frameEnds && $0.end >= box.bottom - frameEnds
      }
    }
  }

  /// Whether pictures or shapes stand in a frame, no rule parts it, and hardly a line is prose.
  private static func holdsDrawing(_ box: BoundingBox, _ view: PageView, _ lines: [LineView]) -> Bool {
    let inner = box.insetBy(frameEnds)
    let hasShapes = view.images.contains { $0.coverage(by: inner) > 0.9 && min($0.width, $0.height) >= leastStroke }
    let isParted =
      view.horizontals.contains { inner.contains(x: inner.midX, y: $0.position) && $0.length >= 0.9 * inner.width }
      || view.verticals.contains { inner.contains(x: $0.position, y: inner.midY) && $0.length >= 0.9 * inner.height }
    let prose = lines.count { $0.box.coverage(by: box) > 0.9 && $0.letters > longLabel }
    return hasShapes && !isParted && prose <= mostProse
  }

  private static func drawing(
    above caption: LineView, _ view: PageView, _ setting: Setting, _ body: BodyFacts
  ) -> FigureAreas.Figure? {
    let column = caption.column.flatMap { view.columns.indices.contains($0) ? view.columns[$0] : nil } ?? caption.box
    let lines = setting.lines
    let places = lines.indices.filter { place in
      let box = lines[place].box
      return box.bottom <= caption.box.top + 1 && box.midX >= column.left - 1 && box.midX <= column.right + 1
    }
    let ceiling = places.filter { setting.isText($0, in: column) }.map { lines[$0].box.bottom }.max() ?? 0
    let over = places.map { lines[$0] }
    let span = BoundingBox(left: column.left, top: ceiling, right: column.right, bottom: caption.box.top)
    guard span.height >= leastSide, let ink = strokes(view, in: span, over, body) else { return nil }
    let em = caption.size
    let reach = BoundingBox(
      left: max(ink.left - beside * em, column.left - em), top: ink.top - above * em,
      right: min(ink.right + beside * em, column.right + em), bottom: min(ink.bottom + below * em, caption.box.top))
    var labels = over.filter { $0.box.top >= ceiling - 1 && $0.box.coverage(by: reach) > 0.6 }
    guard labels.reduce(0, { $0 + $1.box.area }) <= mostText * ink.area else { return nil }
    if let own = FigureLabels(around: ink, labels, body: body) {
      let known = Set(labels.map(\.index))
      labels += own.find(lines.filter { $0.box.bottom <= caption.box.top + 1 }).filter { !known.contains($0.index) }
    }
    return FigureAreas.Figure(box: labels.reduce(ink) { $0.union($1.box) }, lines: labels.map(\.index))
  }

  /// Pictures and upright strokes, and what else is drawn next to them; nil where it makes no drawing.
  private static func strokes(_ view: PageView, in span: BoundingBox, _ lines: [LineView], _ body: BodyFacts)
    -> BoundingBox?
  {
    func isInside(_ box: BoundingBox) -> Bool {
      box.left >= span.left - joins && box.right <= span.right + joins && box.top >= span.top - 2
        && box.bottom <= span.bottom + 2
    }
    let pictures = view.images.filter { isInside($0) && min($0.width, $0.height) >= leastSide }
    let upright = view.verticals.map(\.box).filter { $0.height >= leastStroke && isInside($0) }
    let across = view.horizontals.map(\.box).filter { $0.width >= leastStroke && isInside($0) }
    let whole = (pictures + upright).union().map { ink in
      // Grids and frames: what lies across belongs where it touches what stands.
      across.reduce(ink) { $1.intersects($0.insetBy(-joins)) ? $0.union($1) : $0 }
    }
    guard let whole else { return nil }
    // A table is set in the typeface of the text, or printed as code; the boxes of a diagram have labels of their own.
    let cells = lines.filter { line in
      line.box.coverage(by: whole) > 0.9 && (line.isMonospaced || NumberAxis.family(line.font) == body.family)
        && !pictures.contains { line.box.coverage(by: $0) > 0.5 }
    }
    // A table may stand above the figure, or in its place.
    let ink = isTable(cells) ? lowest(pictures) : whole
    return ink.flatMap { min($0.width, $0.height) >= leastSide ? $0 : nil }
  }

  /// Whether several rows have several cells; the numbers between two plots are one row.
  private static func isTable(_ cells: [LineView]) -> Bool {
    var rows: [(baseline: Double, cells: Int)] = []
    for cell in cells.sorted(by: { ($0.baseline, $0.box.left) < ($1.baseline, $1.box.left) }) {
      if let last = rows.last, cell.baseline - last.baseline < 0.5 * cell.size {
        rows[rows.count - 1].cells += 1
      } else {
        rows.append((cell.baseline, 1))
      }
    }
    return rows.count { $0.cells >= 2 } >= tableRows
  }

  /// The picture next to the caption with those that touch it.
  private static func lowest(_ pictures: [BoundingBox]) -> BoundingBox? {
    let ordered = pictures.sorted { ($1.bottom, $0.left) < ($0.bottom, $1.left) }
    guard let first = ordered.first else { return nil }
    return ordered.dropFirst().reduce(first) { $1.intersects($0.insetBy(-joins)) ? $0.union($1) : $0 }
  }
}

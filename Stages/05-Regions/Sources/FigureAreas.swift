import DocumentModel

/// Pictures of a page and the lines that belong to them.
enum FigureAreas {
  private static let background = 0.6  // of the page: a larger image is what the page is printed on
  private static let leastSide = 16.0  // points: smaller ones are bullets and ornaments
  private static let mostText = 0.35  // of its area: a shaded box of text is text
  private static let longLine = 10  // words: labels in pictures are shorter
  private static let inside = 0.7  // of a line's area

  private static let ruledTable = 0.5  // of the picture's area: rules that fill it make it a table, shaded or scanned
  private static let alignedTable = 0.65  // the same for cells without rules: a chart's labels stand at its edges

  private static func isTable(_ image: BoundingBox, _ table: TableArea) -> Bool {
    image.coverage(by: table.box) > (table.confidence > .alignedCells ? ruledTable : alignedTable)
  }

  struct Figure {
    let box: BoundingBox
    /// Indices of lines, in the layout's order.
    let lines: [Int]
  }

  static func find(_ view: PageView, lines: [LineView], tables: [TableArea], body: BodyFacts) -> [Figure] {
    var figures = joined(
      PlotFigures.find(view, lines: lines, body: body) + CaptionedDrawings.find(view, lines: lines, body: body))
    var taken = Set(figures.flatMap(\.lines))
    for image in view.images where min(image.width, image.height) >= leastSide {
      let within = lines.filter { !taken.contains($0.index) && $0.box.coverage(by: image) >= inside }
      // Of a typed page it is its ground, however little it says; a scanned picture has scraps of what looks like text.
      if image.area > background * view.size.bounds.area, within.count >= (view.isRecognized ? 3 : 1) { continue }
      if tables.contains(where: { isTable(image, $0) }) { continue }
      guard !isGround(image, within), !(isBled(image, on: view.size.bounds) && within.count >= fewLines),
        !figures.contains(where: { image.coverage(by: $0.box) > 0.8 })
      else {
        continue
      }
      // A line or two laid over a picture are no labels of it.
      let isHeadline = within.count <= fewLines && within.contains { $0.words.count >= headlineWords }
      let labels = isHeadline ? [] : within.map(\.index)
      taken.formUnion(labels)
      figures.append(Figure(box: image, lines: labels))
    }
    return figures
  }

  /// A plot above a caption is told by both.
  private static func joined(_ found: [Figure]) -> [Figure] {
    var figures: [Figure] = []
    for figure in found {
      var whole = figure
      while let other = figures.firstIndex(where: { $0.box.intersects(whole.box) }) {
        let known = figures.remove(at: other)
        whole = Figure(
          box: known.box.union(whole.box), lines: Set(known.lines).union(whole.lines).sorted())
      }
      figures.append(whole)
    }
    return figures
  }

  private static let bleed = 3.0  // points from the page's edge

  private static let bledSide = 0.8  // of the page's

  /// Whether a picture runs off the page at a corner and along a side: a panel beside the text, a band above it.
  private static func isBled(_ image: BoundingBox, on page: BoundingBox) -> Bool {
    let across = [image.left - page.left, page.right - image.right].count { $0 <= bleed }
    let down = [image.top - page.top, page.bottom - image.bottom].count { $0 <= bleed }
    return across > 0 && down > 0
      && (image.height >= bledSide * page.height || image.width >= bledSide * page.width)
  }

  private static let fewLines = 4  // a chart has more labels
  private static let headlineWords = 6
  private static let barHeight = 4.0  // ems: a bar behind a heading
  private static let barShape = 0.2  // height to width: boxes of diagrams are higher
  private static let barLines = 2
  private static let wordsOfProse = 4  // in a line: labels are shorter
  private static let leastProse = 5  // lines: charts have titles, legends and notes
  private static let proseShare = 0.6  // of the letters
  private static let manyWords = 60  // labels of the largest diagrams
  private static let someProse = 0.3  // of the letters, where there are many

  /// Whether the picture is what text is printed on: a panel, a bar, a photograph behind a column.
  static func isGround(_ image: BoundingBox, _ lines: [LineView]) -> Bool {
    guard let size = lines.map(\.size).max() else { return false }
    if lines.reduce(0, { $0 + $1.box.area }) > mostText * image.area { return true }
    if lines.count(where: { $0.words.count >= longLine }) >= 3 { return true }
    if lines.count <= barLines, image.height <= min(barHeight * size, barShape * image.width) { return true }
    let prose = lines.filter { $0.words.count >= wordsOfProse }
    let letters = [lines, prose].map { Double($0.reduce(0) { $0 + $1.letters }) }
    if prose.count >= leastProse, letters[1] > proseShare * letters[0] { return true }
    return lines.reduce(0) { $0 + $1.words.count } >= manyWords && letters[1] > someProse * letters[0]
  }
}

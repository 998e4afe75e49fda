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

  static func find(_ view: PageView, lines: [LineView], tables: [TableArea]) -> [Figure] {
    var figures = CaptionedDrawings.find(view, lines: lines)
    var taken = Set(figures.flatMap(\.lines))
    for image in view.images where min(image.width, image.height) >= leastSide {
      let within = lines.filter { !taken.contains($0.index) && $0.box.coverage(by: image) >= inside }
      if image.area > background * view.size.bounds.area, within.count >= 3 { continue }
      if tables.contains(where: { isTable(image, $0) }) { continue }
      let text = within.reduce(0) { $0 + $1.box.area }
      let isText = text > mostText * image.area || within.count { $0.words.count >= longLine } >= 3
      guard !isText, !figures.contains(where: { image.coverage(by: $0.box) > 0.8 }) else { continue }
      taken.formUnion(within.map(\.index))
      figures.append(Figure(box: image, lines: within.map(\.index)))
    }
    return figures
  }
}

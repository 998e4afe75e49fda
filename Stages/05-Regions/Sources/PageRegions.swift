import DocumentModel

/// The regions of one page: lines are claimed by furniture, tables, figures and notes, and the rest is read by blocks.
struct PageRegions {
  private let view: PageView
  private let body: BodyFacts
  private let layoutBoxes: [BoundingBox]
  private var claims: RegionClaims

  /// - Parameter lineBoxes: the layout's lines on the page, not turned.
  init(_ view: PageView, lineBoxes: [BoundingBox], body: BodyFacts, marks: FurnitureMarks?) {
    self.view = view
    self.body = body
    layoutBoxes = lineBoxes
    claims = RegionClaims(lineCount: view.lines.count)
    if let marks { claimFurniture(marks) }
    // A note stands beside a paragraph, and is no more of it than of what else stands on its row.
    for note in view.marginNotes { claims.add(.paragraph, box: nil, lines: note, .inMargin) }
    claimContents()
    let rows = TextRow.rows(of: unclaimed)
    // Numbers with code beside them line up like the columns of a table, and so does what programs answer.
    let code = body.isMonospaced ? [] : Sessions.rows(rows, body: body).union(ListingNumbers.rows(rows))
    let listed = Set(code.flatMap { rows[$0].lines.map(\.index) })
    let tables = TableAreas.find(view, rows: rows.filter { !listed.contains($0.lines[0].index) })
    let figures = FigureAreas.find(view, lines: unclaimed, tables: tables, body: body)
    for figure in figures { claims.add(.figure, box: figure.box, lines: figure.lines, .picture) }
    claimTables(tables, figures, listed)
    let notes = TextRow.rows(of: unclaimed)
    for note in FootnoteFinder.find(notes, of: rows, view: view, body: body) {
      claims.add(.footnote, box: nil, lines: note.flatMap { notes[$0].lines.map(\.index) }, .noteAtFoot)
    }
    claimText(figures: figures.map(\.box), tables: tables.map(\.box))
  }

  /// In reading order, each line in exactly one.
  func regions() -> [Region] {
    claims.ordered(view: view).map { claim in
      let lines = claim.lines.sorted()
      let own = claim.box.map(view.onPage)
      let around = (lines.map { layoutBoxes[$0] } + (own.map { [$0] } ?? [])).union()
      let columns = Set(lines.map { view.lines[$0].column })
      return Region(
        kind: claim.kind, box: around ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0), lines: lines,
        column: columns.count == 1 ? columns.first ?? nil : nil, confidence: claim.confidence)
    }
  }

  private var unclaimed: [LineView] { view.lines.filter { !claims.isClaimed($0.index) } }

  private mutating func claimFurniture(_ marks: FurnitureMarks) {
    for numbers in view.lineNumbers {
      let isLeft = numbers.first.map { view.lines[$0].box.midX < view.size.width / 2 } ?? true
      // As with stamps in the margin: left of the text it is read before it, right of it after.
      claims.add(isLeft ? .pageHeader : .pageFooter, box: nil, lines: numbers, .counted)
    }
    // Lines side by side at one edge are one region if they are of one kind.
    for row in view.edgeRows.map(\.lines) + view.lines.filter(\.isTurned).map({ [$0] }) {
      for kind in [RegionKind.pageHeader, .pageFooter, .pageNumber] {
        let lines = row.filter { marks.kinds[$0.index]?.kind == kind }
        guard let confidence = lines.first.flatMap({ marks.kinds[$0.index]?.confidence }) else { continue }
        claims.add(kind, box: nil, lines: lines.map(\.index), confidence)
      }
    }
  }

  private mutating func claimContents() {
    let rows = TextRow.rows(of: unclaimed)
    for entry in ContentsRows(rows).entries {
      claims.add(.listItem, box: nil, lines: entry.flatMap { rows[$0].lines.map(\.index) }, .contentsLine)
    }
    let others = TextRow.rows(of: unclaimed)
    for entry in IndexRows(others).entries {
      claims.add(.listItem, box: nil, lines: entry.flatMap { others[$0].lines.map(\.index) }, .indexEntry)
    }
  }

  private mutating func claimTables(_ tables: [TableArea], _ figures: [FigureAreas.Figure], _ listed: Set<Int>) {
    for table in tables {
      // White space within a drawing lines up by chance; rules do so in a chart, whose figure was found before.
      let isDrawn = figures.contains { table.box.coverage(by: $0.box) > 0.6 }
      let lines = unclaimed.filter { table.box.contains(x: $0.box.midX, y: $0.box.midY) && !$0.isTurned }
      let turned = unclaimed.filter { $0.isTurned && $0.box.coverage(by: table.box) > 0.8 }
      guard !isDrawn, lines.count >= 2, 2 * lines.count(where: { listed.contains($0.index) }) < lines.count else {
        continue
      }
      claims.add(.table, box: table.box, lines: (lines + turned).map(\.index), table.confidence)
    }
  }

  private mutating func claimText(figures: [BoundingBox], tables: [BoundingBox]) {
    let rows = TextRow.rows(of: unclaimed)
    let starts = ListStarts.find(rows, isRecognized: view.isRecognized)
    var kinds = rows.map { RowKind($0, column: column($0), body: body) }
    let speeches = PairCompany.check(rows, &kinds)
    if !body.isMonospaced {
      for row in ListingNumbers.rows(rows) { kinds[row] = .code }
      InlineCode.check(rows, &kinds, columns: view.columns, body: body)
    }
    let classifier = GroupClassifier(
      body: body, heading: HeadingRule(body: body, isRecognized: view.isRecognized), floats: figures + tables)
    var groups: [TextGroup] = []
    var at = 0
    while at < rows.count {
      var end = at + 1
      while end < rows.count, rows[end].block == rows[at].block { end += 1 }
      let splitter = BlockSplitter(
        Array(rows[at..<end]), kinds: Array(kinds[at..<end]),
        starts: (at..<end).map { starts.contains($0) || speeches.contains($0) },
        isRecognized: view.isRecognized, bodySize: body.size)
      groups += splitter.groups()
      at = end
    }
    var row = 0
    var found: [(group: TextGroup, kind: RegionKind, confidence: Score)] = []
    let measured = TextGroup.measured(groups)
    for var group in measured {
      if group.gapBelow == nil { group.gapBelow = gap(from: group, of: measured, to: tables) }
      let isUnderHeading = found.last.map { $0.kind == .heading && $0.group.column == group.column } ?? false
      let (kind, confidence) = classifier.classify(
        group, kind: kinds[row], isItem: starts.contains(row), isUnderHeading: isUnderHeading)
      found.append((group, kind, confidence))
      row += group.rows.count
    }
    CountedItems.check(&found, body: body)
    if view.number == body.titlePage { TitleRule.apply(&found, view: view, body: body, tables: tables) }
    for (group, kind, confidence) in GroupJoin.joined(found, bodySize: body.size) {
      claims.add(kind, box: nil, lines: group.lines, confidence)
    }
  }

  /// What follows the last text of a page may be a table: ems to the nearest below, as between baselines. Texts side by side
  /// are names of its columns.
  private func gap(from group: TextGroup, of groups: [TextGroup], to tables: [BoundingBox]) -> Double? {
    let box = group.box
    guard !groups.contains(where: { $0.box != box && $0.box.verticalOverlap(box) > 0.5 * box.height }) else {
      return nil
    }
    let tops = tables.filter { $0.top >= box.midY && $0.horizontalOverlap(box) > 0 }.map(\.top)
    return tops.min().map { ($0 - box.bottom) / max(group.size, 1) + 1 }
  }

  private func column(_ row: TextRow) -> BoundingBox? {
    guard let column = row.column, view.columns.indices.contains(column) else { return nil }
    return view.columns[column]
  }
}

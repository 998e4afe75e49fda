import DocumentModel

/// Which lines of a page are furniture: by the survey's findings, and by place where a page stands alone.
struct FurnitureMarks {
  /// By line index.
  private(set) var kinds: [Int: (kind: RegionKind, confidence: Score)] = [:]

  private static let numberMargin = 0.2  // of the page's height: the same for a lone page number
  private static let lowestNumber = 0.4  // of the page's height: a short page ends early, and its number with it
  private static let mostLone = 3  // rows at an edge
  private static let largeType = 1.15  // of the body size
  private static let leastText = 8  // rows: a page with less has no body to tell a head from
  private static let leastScan = 3  // pages: scans of fewer keep what nothing repeats
  private static let sideMargin = 0.09  // of the page's width: turned stamps stand there

  init(_ view: PageView, survey: FurnitureSurvey, bodySize: Double) {
    let rows = view.edgeRows
    var closed: Set<FurnitureRow.Edge> = []
    for (row, finding) in survey.findings(page: view.number) where !closed.contains(row.edge) {
      let found = row.edge == .top ? rows[row.rank] : rows[rows.count - 1 - row.rank]
      // Headings of one pattern begin many pages; below a running head larger type is one of them.
      guard
        row.rank == 0
          ? !isTitleLine(found, row, rows, bodySize) : row.date != nil || found.size <= Self.largeType * bodySize
      else {
        closed.insert(row.edge)
        continue
      }
      mark(found, row.edge, finding == .pageNumber, finding == .running ? .repeated : .counted)
    }
    markNote(rows, .top)
    markNote(rows.reversed(), .bottom)
    // A scan of a page or two is a letter, a form or a receipt as often as a leaf of a book: its head says something,
    // and no other page shows that it does not.
    if view.isRecognized, survey.pageCount < Self.leastScan { return }
    if rows.count >= Self.leastText {
      // A head may have a number above it and a line below: each is asked once those outside it are marked.
      for _ in 0..<Self.mostLone where markLone(view, rows, .top, bodySize, survey) {}
      for _ in 0..<Self.mostLone where markLone(view, rows.reversed(), .bottom, bodySize, survey) {}
    }
    for line in view.lines where line.isTurned && isStamp(line, view) {
      kinds[line.index] = (line.box.midX < view.size.width / 2 ? .pageHeader : .pageFooter, .byPlace)
    }
  }

  /// A line of a title that several pages bear: large, and as close to the next line of its size as lines stand.
  private func isTitleLine(_ found: TextRow, _ row: FurnitureRow, _ rows: [TextRow], _ bodySize: Double) -> Bool {
    guard row.edge == .top, !row.isApart, rows.count > 1, found.size > Self.largeType * bodySize else { return false }
    return abs(rows[1].size - found.size) <= Self.sameSize * found.size
  }

  private static let sameSize = 0.1  // of the size: what scans measure of one type

  private mutating func mark(_ row: TextRow, _ edge: FurnitureRow.Edge, _ isNumber: Bool, _ confidence: Score) {
    let kind: RegionKind = isNumber ? .pageNumber : edge == .top ? .pageHeader : .pageFooter
    for line in row.lines { kinds[line.index] = (kind, confidence) }
  }

  /// A head or foot that nothing repeats: outermost, apart from the text, and small, numbered, spread out or ruled off.
  private mutating func markLone(
    _ view: PageView, _ rows: [TextRow], _ edge: FurnitureRow.Edge, _ body: Double, _ survey: FurnitureSurvey
  ) -> Bool {
    guard let at = rows.firstIndex(where: { row in !row.lines.allSatisfy { kinds[$0.index] != nil } }), at <= 2,
      at + 1 < rows.count
    else { return false }
    let row = rows[at]
    let next = rows[at + 1]
    if ContentsRows.leadsToPage(row) { return false }
    let outer = edge == .top ? row.baseline : view.size.height - row.baseline
    let distance = abs(next.baseline - row.baseline)
    let number = PageNumberText(words: row.words)
    let isInMargin = outer < (edge == .top ? Self.numberMargin : Self.lowestNumber) * view.size.height
    if let number, number.isAlone, isInMargin,
      distance > (isCentred(row, view) ? 1.2 : 1.5) * max(body, row.size)
    {
      mark(row, edge, true, .byPlace)
      return true
    }
    let isHead =
      LoneHead(view: view, bodySize: body, edge: edge).holds(row, next: next)
      && survey.hasPlace(page: view.number, edge: edge, rank: at)
      || edge == .top && at == 0 && !row.isBold && survey.isAmongHeads(page: view.number)
    guard isHead else { return false }
    mark(row, edge, false, .byPlace)
    return true
  }

  /// What says that a listing goes on, next to the page's edge but for head and foot.
  private mutating func markNote(_ rows: [TextRow], _ edge: FurnitureRow.Edge) {
    guard let row = rows.first(where: { row in !row.lines.allSatisfy { kinds[$0.index] != nil } }),
      TurnoverNote.holds(row.words)
    else { return }
    mark(row, edge, false, .repeated)
  }

  private func isCentred(_ row: TextRow, _ view: PageView) -> Bool {
    abs(row.box.midX - view.size.width / 2) < 0.03 * view.size.width
  }

  /// Turned text alone in the side margin.
  private func isStamp(_ line: LineView, _ view: PageView) -> Bool {
    let margin = Self.sideMargin * view.size.width
    return line.box.height > line.box.width && (line.box.right < margin || line.box.left > view.size.width - margin)
  }
}

import Contracts
import DocumentModel

/// Makes one page's elements.
struct PageAssembler {
  let page: PageMaterial
  let ownership: WordOwnership
  let vocabulary: PageVocabulary
  let typography: TypographyReader
  let joiner: RunJoiner
  private let lineEnds: EarlyLineEnds

  init(_ page: PageMaterial, options: AssemblyOptions) {
    self.page = page
    ownership = WordOwnership(page)
    vocabulary = PageVocabulary(page)
    let styles = WordStyles(page)
    lineEnds = EarlyLineEnds(page, texts: vocabulary.texts)
    typography = TypographyReader(page: page, styles: styles, vocabulary: vocabulary)
    joiner = RunJoiner(
      page: page, styles: styles, links: LinkIndex(page.links, words: page.words), vocabulary: vocabulary,
      joinHyphens: options.joinHyphens
    )
  }

  func assemble() -> AssemblyOutput {
    var placement = Placement(page, ownership)
    for (index, table) in page.tables.enumerated() { placement.add(tableDraft(index, table), at: .table(index)) }
    for (index, figure) in page.figures.enumerated() {
      if let draft = figureDraft(index, figure) { placement.add(draft, at: .figure(index)) }
    }
    for group in LineGroups.paragraphs(ownership.unclaimed(in: page)) {
      placement.add(textDraft(.paragraph, group, origin: .loose), at: nil)
    }
    let continued = ContinuedRegions(
      page, ownership, hasMarker: { !MarkerReading.all(opening($0)).isEmpty }, texts: vocabulary.texts)
    for (index, region) in page.regions.enumerated() where !continued.taken.contains(index) {
      let lines = ownership.lines(region.lines, of: .region(index), in: page)
      let parts = placement.parts(of: lines, region: index)
      let last = parts.lastIndex { !$0.isEmpty }
      for (part, lines) in parts.enumerated() {
        let added = part == last ? continued.added[index] ?? [] : []
        placement.set(regionDrafts(index, region, lines, added), region: index, part: part)
      }
    }

    var drafts = placement.ordered()
    numberLists(&drafts)
    CaptionLinks(page).link(&drafts)
    BlockQuotes(page).mark(&drafts)
    return AssemblyOutput(size: page.size, columns: page.columns, elements: drafts.map(\.element))
  }

  /// The elements of what a region has left once tables and figures took their words, and of lines that go on with it.
  private func regionDrafts(
    _ index: Int, _ region: Region, _ own: [TextLine], _ added: [TextLine]
  ) -> [ElementDraft] {
    var lines = own
    guard !lines.isEmpty else { return [] }
    let whole = lines.count == region.lines.count && added.isEmpty
    lines += added
    func draft(_ kind: RegionKind, _ lines: [TextLine], box: BoundingBox? = nil) -> ElementDraft {
      textDraft(kind, lines, box: box, column: region.column, origin: .region(index))
    }
    // A numbered heading that its text goes on behind, else the text whole.
    func runIn(_ lines: [TextLine], _ kind: RegionKind, box: BoundingBox? = nil) -> [ElementDraft] {
      let parts = RunInHead.parts(of: lines, style: joiner.styles.style, text: { vocabulary.texts[$0] })
      guard let parts else { return [draft(kind, lines, box: box)] }
      return [draft(.heading, parts.head), draft(.paragraph, parts.rest)]
    }
    switch region.kind {
    case .listItem:
      return splitList(lines).flatMap { item in isEndNote(item) ? [draft(.footnote, item)] : runIn(item, .listItem) }
    case .paragraph where isEndNote(lines): return [draft(.footnote, lines)]
    case .footnote: return LineGroups.split(lines) { footnoteMark($0) != nil }.map { draft(.footnote, $0) }
    case .table:
      switch page.refusal(of: region) {
      case .code?: return [draft(.code, lines)]
      case .list?:
        // A box's title stands above its items.
        let head = lines.firstIndex { !MarkerReading.all(opening($0)).isEmpty } ?? 0
        return LineGroups.paragraphs(Array(lines[..<head])).map { draft(.paragraph, $0) }
          + splitList(Array(lines[head...])).map { draft(.listItem, $0) }
      default:
        return LineGroups.paragraphs(lines, starts: { startsBullet($0) }).map { group in
          group.first.map(startsBullet) ?? false ? draft(.listItem, group) : draft(.paragraph, group)
        }
      }
    case .paragraph: return runIn(lines, .paragraph, box: whole ? region.box : nil)
    // A picture that stage 7 does not show leaves its lettering as text.
    case .figure: return LineGroups.paragraphs(lines).map { draft(.paragraph, $0) }
    default: return [draft(region.kind, lines, box: whole ? region.box : nil)]
    }
  }

  /// One element of text.
  private func textDraft(
    _ kind: RegionKind, _ lines: [TextLine], box: BoundingBox? = nil, column: Int? = nil, origin: ElementDraft.Origin
  ) -> ElementDraft {
    let setting = typography.typography(lines, column: column)
    let place = box ?? lines.map { $0.textBox(page.words) }.union() ?? page.size.bounds
    var draft = ElementDraft(origin: origin, kind: kind, box: place, column: column, typography: setting)
    draft.confidence = confidence(lines)
    var own: TextStyle = []
    var skip = 0
    switch kind {
    case .code:
      let code = CodeText(
        LineGroups.printed(lines), words: page.words, texts: vocabulary.texts, fonts: page.fonts, size: page.size)
      draft.runs = [code.run]
      draft.lineBreaks = code.lineBreaks
      return draft
    case .title, .heading:
      // A heading is bold by what it is; so is its number beside a title in another type.
      own.insert(.bold)
      if setting.italic { own.insert(.italic) }
    case .listItem:
      draft.readings = lines.first.map { MarkerReading.all(opening($0)) } ?? []
      draft.indent = lines.first.map(typography.indent) ?? 0
      skip = draft.readings.first?.length ?? 0
      draft.textLeft = textLeft(lines, marker: skip)
    case .footnote:
      if let mark = lines.first.flatMap(footnoteMark) {
        draft.footnoteMark = mark.text
        skip = mark.length
      }
    default: break
    }
    let breaks = kind == .paragraph || kind == .keyValue ? lineEnds.find(in: lines, column: column) : []
    draft.runs = joiner.runs(lines, without: own, marker: skip, breaks: breaks, condensing: true)
    if kind == .paragraph { draft.textLines = lines }
    if !breaks.isEmpty { draft.lineBreaks = Self.lineFeeds(in: draft.runs) }
    if skip > 0 { draft.markWords = joiner.words(ofMarker: skip, lines) }
    return draft
  }

  /// Where line feeds stand, in Unicode scalars of the joined text.
  private static func lineFeeds(in runs: [TextRun]) -> [Int] {
    runs.lazy.flatMap(\.text.unicodeScalars).enumerated().filter { $0.element == "\n" }.map(\.offset)
  }

  private func tableDraft(_ index: Int, _ table: Table) -> ElementDraft {
    var told: Set<Int> = []
    var all: [TextLine] = []
    let cells = table.cells.map { cell in
      let lines = ownership.lines(ofCell: cell.words, table: index, in: page, told: &told)
      all += lines
      let runs = CellText.runs(cell, joined: joiner.runs(lines, without: cell.header ? .bold : []))
      return ElementCell(
        row: cell.row, column: cell.column, rowSpan: cell.rowSpan, columnSpan: cell.columnSpan, header: cell.header,
        box: cell.box, runs: runs)
    }
    var draft = ElementDraft(
      origin: .table(index), kind: .table, box: table.box, typography: typography.typography(all, column: nil))
    draft.table = ElementTable(
      index: index, rows: table.rows, columns: table.columns, headerRows: table.headerRows,
      stubColumns: table.stubColumns, cells: cells)
    draft.confidence = confidence(all)
    return draft
  }

  private func figureDraft(_ index: Int, _ figure: Figure) -> ElementDraft? {
    guard figure.kind != .decoration else { return nil }
    let lines = ownership.lines(figure.lines, of: .figure(index), in: page)
    // The rules of a table are a drawing of it, not beside it.
    if figure.kind == .drawing, lines.isEmpty,
      page.tables.contains(where: { figure.box.coverage(by: $0.box) > Self.sameArea })
    {
      return nil
    }
    let inside = lines.map { joiner.runs([$0]).map(\.text).joined() }.joined(separator: "\n")
    var draft = ElementDraft(
      origin: .figure(index), kind: .figure, box: figure.box, typography: typography.typography(lines, column: nil))
    draft.figure = ElementFigure(
      index: index, kind: figure.kind, file: figure.file, mediaType: figure.mediaType, inside: inside)
    draft.confidence = confidence(lines)
    return draft
  }

  private static let sameArea = 0.9  // of a drawing: what is left is the thickness of rules

  private func confidence(_ lines: [TextLine]) -> Score {
    var sum = 0.0
    var count = 0.0
    for word in lines.lazy.flatMap(\.words) { (sum, count) = (sum + page.words[word].confidence.value, count + 1) }
    return count == 0 ? .certain : Score(sum / count)
  }
}

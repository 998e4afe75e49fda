import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Chunking

/// A document as entries and a section tree, given as the stages before would leave them.
struct DocumentSketch {
  private(set) var pages: [[Element]] = [[]]
  private(set) var entries: [ReadingEntry] = []
  var headings: [Heading] = []

  mutating func newPage() { pages.append([]) }

  @discardableResult
  mutating func add(_ kind: RegionKind, _ text: String, notes: [ElementID] = [], listLevel: Int? = nil) -> Int {
    let id = append(element(kind, text))
    return open(ReadingEntry(elements: [id], footnotes: notes, listLevel: listLevel))
  }

  /// A paragraph that goes on over a page break.
  mutating func addAcrossPages(_ first: String, _ second: String) {
    let a = append(element(.paragraph, first))
    newPage()
    let b = append(element(.paragraph, second))
    _ = open(ReadingEntry(elements: [a, b], joins: [.space]))
  }

  mutating func heading(_ text: String, level: Int = 1) {
    let entry = add(.heading, text)
    headings.append(
      Heading(entry: entry, element: entries[entry].elements[0], level: level, number: nil, evidence: .style))
  }

  /// Tables of one entry, each of them on a page of its own; their header rows repeat, or as `join` says.
  mutating func table(
    _ grids: [[[String]]], headerRows: Int = 1, caption: String? = nil, spanning: [Int: Int] = [:],
    join: ReadingEntry.Join = .rowsRepeatingHeader
  ) {
    let captions = caption.map { [append(element(.caption, $0))] } ?? []
    var ids: [ElementID] = []
    for (index, grid) in grids.enumerated() {
      if index > 0 { newPage() }
      let cells = grid.enumerated().flatMap { row, texts in
        texts.enumerated().map { column, text in
          ElementCell(
            row: row, column: column, rowSpan: column == 0 ? spanning[row] ?? 1 : 1, header: row < headerRows,
            box: Self.box, runs: [TextRun(text: text, words: [], starts: [])])
        }
      }
      let table = ElementTable(
        index: 0, rows: grid.count, columns: grid[0].count, headerRows: headerRows, stubColumns: 0, cells: cells)
      ids.append(append(Element(kind: .table, box: Self.box, typography: Typography(size: 10), table: table)))
    }
    let joins = Array(repeating: join, count: ids.count - 1)
    _ = open(ReadingEntry(elements: ids, joins: joins, captions: captions))
  }

  mutating func figure(caption: String?) {
    let captions = caption.map { [append(element(.caption, $0))] } ?? []
    let id = append(element(.figure, ""))
    _ = open(ReadingEntry(elements: [id], captions: captions))
  }

  /// The id that the next element will have.
  var nextElement: ElementID { ElementID(page: pages.count, index: pages[pages.count - 1].count) }

  var sections: [Section] { Self.tree(headings, from: 0, to: entries.count, first: 0, last: headings.count, level: 1) }

  func chunks(_ change: (inout ChunkingOptions) -> Void = { _ in }) throws -> [Chunk] {
    var options = ChunkingOptions()
    options.counter = .words
    options.size = 20
    options.overlap = 0
    change(&options)
    return try output(options, sections: sections).chunks
  }

  func output(_ options: ChunkingOptions, sections: [Section], source: Digest = Digest(of: [])) throws -> ChunkingOutput
  {
    let artifacts = ArtifactsInMemory(pages: Array(1...pages.count))
    for (index, elements) in pages.enumerated() {
      try artifacts.put(
        AssemblyOutput(size: PageSize(width: 600, height: 800), columns: [], elements: elements), .page(index + 1))
    }
    try artifacts.put(ReadingOrderOutput(entries: entries, furniture: [], missing: []))
    try artifacts.put(SectionsOutput(title: nil, headings: headings, sections: sections, contents: []))
    let unit = UnitID(.chunking)
    return try ChunkingStage().run(
      ChunkingStage.Input(unit: unit, artifacts: artifacts), options: options,
      context: RecordingContext(unit, source: source))
  }

  /// The chunk as its spans say: text, or `[rows 0..<3]`.
  func text(_ chunk: Chunk) -> String {
    chunk.spans.map { span in
      let entry = entries[span.entry]
      let elements = entry.elements.map { pages[$0.page - 1][$0.index] }
      if elements[0].table != nil { return "[\(span.repeatsHeader ? "header, " : "")\(span.start)..<\(span.end)]" }
      let scalars = Array(elements.map(\.text).joined(separator: " ").unicodeScalars)
      return String(String.UnicodeScalarView(scalars[span.start..<span.end]))
    }.joined(separator: " | ")
  }

  private static let box = BoundingBox(left: 50, top: 100, right: 500, bottom: 112)

  private func element(_ kind: RegionKind, _ text: String) -> Element {
    let runs = text.isEmpty ? [] : [TextRun(text: text, words: [], starts: [])]
    return Element(kind: kind, box: Self.box, runs: runs, typography: Typography(size: 10))
  }

  private mutating func append(_ element: Element) -> ElementID {
    defer { pages[pages.count - 1].append(element) }
    return nextElement
  }

  private mutating func open(_ entry: ReadingEntry) -> Int {
    entries.append(entry)
    return entries.count - 1
  }

  private static func tree(_ headings: [Heading], from: Int, to: Int, first: Int, last: Int, level: Int) -> [Section] {
    var found: [Section] = []
    let starts = (first..<last).filter { headings[$0].level == level }
    let lead = starts.first.map { headings[$0].entry } ?? to
    if level == 1, from < lead { found.append(Section(heading: nil, start: from, end: lead, children: [])) }
    for (index, heading) in starts.enumerated() {
      let next = index + 1 < starts.count ? starts[index + 1] : last
      let end = index + 1 < starts.count ? headings[starts[index + 1]].entry : to
      found.append(
        Section(
          heading: heading, start: headings[heading].entry, end: end,
          children: tree(
            headings, from: headings[heading].entry + 1, to: end, first: heading + 1, last: next, level: level + 1)))
    }
    return found
  }
}

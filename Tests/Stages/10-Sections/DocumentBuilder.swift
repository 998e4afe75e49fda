import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Sections

/// A document as a list of elements in reading order, given as the stages before would leave them.
struct DocumentBuilder {
  var outline: [OutlineEntry] = []
  var title: String?
  /// Of all that is added from then on; under 1 it was recognised.
  var confidence = Score.certain
  private var pages: [[Element]] = [[]]
  private var entries: [ReadingEntry] = []

  mutating func newPage() { pages.append([]) }

  mutating func add(
    _ kind: RegionKind, _ text: String, size: Double = 10, bold: Bool = false, capitals: Bool = false, x: Double = 50,
    lines: Int = 1
  ) {
    let element = Element(
      kind: kind, box: BoundingBox(left: x, top: 100, right: 500, bottom: 112),
      runs: [TextRun(text: text, words: [], starts: [])],
      typography: Typography(size: size, bold: bold, capitals: capitals, lines: lines), confidence: confidence)
    append(element)
  }

  mutating func heading(_ text: String, size: Double = 12, bold: Bool = false, capitals: Bool = false) {
    add(.heading, text, size: size, bold: bold, capitals: capitals)
    add(.paragraph, "Running text of some length that says this and that about the matter at hand.", lines: 4)
  }

  mutating func table(_ rows: [[String]]) {
    let cells = rows.enumerated().flatMap { row, texts in
      texts.enumerated().map { column, text in
        ElementCell(
          row: row, column: column, box: BoundingBox(left: 0, top: 0, right: 1, bottom: 1),
          runs: [TextRun(text: text, words: [], starts: [])])
      }
    }
    append(
      Element(
        kind: .table, box: BoundingBox(left: 50, top: 100, right: 500, bottom: 300), typography: Typography(size: 10),
        table: ElementTable(
          index: 0, rows: rows.count, columns: rows[0].count, headerRows: 0, stubColumns: 0, cells: cells)))
  }

  private mutating func append(_ element: Element) {
    entries.append(ReadingEntry(elements: [ElementID(page: pages.count, index: pages[pages.count - 1].count)]))
    pages[pages.count - 1].append(element)
  }

  func sections(_ options: SectionsOptions = SectionsOptions()) throws -> SectionsOutput {
    let artifacts = ArtifactsInMemory(pages: Array(1...pages.count))
    for (index, elements) in pages.enumerated() {
      try artifacts.put(
        AssemblyOutput(size: PageSize(width: 600, height: 800), columns: [], elements: elements), .page(index + 1))
    }
    try artifacts.put(
      IngestOutput(
        type: .pdf, pageCount: pages.count, metadata: DocumentMetadata(title: title), outline: outline, encrypted: false
      ))
    try artifacts.put(ReadingOrderOutput(entries: entries, furniture: [], missing: []))
    let unit = UnitID(.sections)
    return try SectionsStage().run(
      SectionsStage.Input(unit: unit, artifacts: artifacts), options: options, context: RecordingContext(unit))
  }
}

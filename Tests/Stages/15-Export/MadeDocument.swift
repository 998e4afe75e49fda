import CanonicalJSON
import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Export

/// A document as the stages before would leave it, built element by element in reading order.
struct MadeDocument {
  var order: [ReadingEntry] = []
  var headings: [Heading] = []
  var title: Int?
  var missing: [MissingPage] = []
  var enrichment: EnrichmentOutput?
  private(set) var pages: [[Element]] = [[]]
  private(set) var figures: [Int: [String: [UInt8]]] = [:]

  var page: Int { pages.count }
  private var height = 20.0

  mutating func newPage() {
    pages.append([])
    height = 20
  }

  mutating func gap(_ code: GapCode) {
    newPage()
    missing.append(MissingPage(page: page, code: code))
  }

  /// Puts an element on the page without an entry of its own.
  mutating func place(
    _ kind: RegionKind, _ runs: [TextRun] = [], list: ListMarker? = nil, table: ElementTable? = nil,
    figure: ElementFigure? = nil, mark: String? = nil, markWords: [Int]? = nil,
    direction: ReadingDirection = .leftToRight, isQuote: Bool? = nil
  ) -> ElementID {
    height += 20
    pages[page - 1].append(
      Element(
        kind: kind, box: BoundingBox(left: 50, top: height, right: 500, bottom: height + 12), runs: runs,
        typography: Typography(size: 10, direction: direction), list: list, table: table, figure: figure,
        footnoteMark: mark, markWords: markWords, isQuote: isQuote))
    return ElementID(page: page, index: pages[page - 1].count - 1)
  }

  @discardableResult
  mutating func add(
    _ kind: RegionKind, _ runs: [TextRun], list: ListMarker? = nil, table: ElementTable? = nil,
    figure: ElementFigure? = nil, mark: String? = nil, captions: [ElementID] = [], footnotes: [ElementID] = [],
    markWords: [Int]? = nil, direction: ReadingDirection = .leftToRight
  ) -> Int {
    let id = place(
      kind, runs, list: list, table: table, figure: figure, mark: mark, markWords: markWords, direction: direction)
    order.append(ReadingEntry(elements: [id], captions: captions, footnotes: footnotes))
    return order.count - 1
  }

  @discardableResult
  mutating func add(_ kind: RegionKind, _ text: String) -> Int { add(kind, [run(text)]) }

  mutating func setTitle(_ text: String) { title = add(.title, text) }

  mutating func heading(_ level: Int, _ text: String) {
    let entry = add(.heading, text)
    headings.append(
      Heading(entry: entry, element: order[entry].elements[0], level: level, number: nil, evidence: .style))
  }

  mutating func item(_ marker: String, _ text: String, level: Int = 1, ordered: Bool = false) {
    add(.listItem, [run(text)], list: ListMarker(ordered: ordered, marker: marker, level: level))
  }

  /// Text that belongs to the item of a level above.
  mutating func more(_ kind: RegionKind, _ text: String, level: Int = 1) {
    let id = place(kind, [run(text)])
    order.append(ReadingEntry(elements: [id], listLevel: level))
  }

  /// A paragraph of a block quote.
  mutating func quote(_ text: String, level: Int? = nil) {
    let id = place(.paragraph, [run(text)], isQuote: true)
    order.append(ReadingEntry(elements: [id], listLevel: level))
  }

  mutating func keep(_ bytes: [UInt8], as name: String) { figures[page, default: [:]][name] = bytes }

  func artifacts() throws -> ArtifactsInMemory {
    let artifacts = ArtifactsInMemory(pages: Array(1...pages.count))
    for (index, elements) in pages.enumerated() {
      let number = index + 1
      if let gap = missing.first(where: { $0.page == number }) {
        for stage in [StageID.assembly, .figures] { artifacts.put(gap: gap.code, for: UnitID(stage, .page(number))) }
        continue
      }
      try artifacts.put(
        AssemblyOutput(size: PageSize(width: 600, height: 800), columns: [], elements: elements), .page(number))
      try artifacts.put(FiguresOutput(figures: []), .page(number), files: figures[number] ?? [:])
    }
    try artifacts.put(ReadingOrderOutput(entries: order, furniture: [], missing: missing))
    try artifacts.put(SectionsOutput(title: title, headings: headings, sections: [], contents: []))
    if let enrichment {
      try artifacts.put(enrichment)
    } else {
      artifacts.put(gap: .engineFailed, for: UnitID(.enrichment))
    }
    return artifacts
  }

  /// Runs an export and gives its output with the files by their names when delivered.
  func export<S: Stage>(_ stage: S.Type, _ options: S.Options = S.Options()) throws -> (
    output: ExportOutput, files: [String: [UInt8]]
  ) where S.Output == ExportOutput {
    let context = try RecordingContext(UnitID(.export, .format(S.format?.rawValue ?? "")))
    let input = S.Input(unit: context.unit, artifacts: try artifacts())
    let output = try S().run(input, options: options, context: context)
    return (
      output, try Dictionary(uniqueKeysWithValues: output.files.map { ($0.suffix, try context.bytes(of: $0.file)) })
    )
  }

  func markdown(_ options: MarkdownOptions = MarkdownOptions()) throws -> String {
    String(decoding: try export(MarkdownExport.self, options).files[".md"] ?? [], as: UTF8.self)
  }

  func html(_ options: HTMLOptions = HTMLOptions()) throws -> String {
    String(decoding: try export(HTMLExport.self, options).files[".html"] ?? [], as: UTF8.self)
  }

  func text(_ options: TextOptions = TextOptions()) throws -> String {
    String(decoding: try export(TextExport.self, options).files[".txt"] ?? [], as: UTF8.self)
  }
}

/// A run without words.
func run(_ text: String, _ style: TextStyle = [], link: String? = nil) -> TextRun {
  TextRun(text: text, style: style, link: link, words: [], starts: [])
}

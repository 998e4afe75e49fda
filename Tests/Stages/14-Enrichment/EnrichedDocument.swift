import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Enrichment

/// A document of one element an entry, given as the stages before would leave it.
struct EnrichedDocument {
  private var pages: [[Element]] = [[]]
  private var entries: [ReadingEntry] = []
  private var headings: [Heading] = []
  var chunks: [Chunk]?

  mutating func newPage() { pages.append([]) }

  mutating func add(_ kind: RegionKind, _ text: String) {
    let id = append(Element(kind: kind, box: Self.box, runs: Self.runs(text), typography: Typography(size: 10)))
    if kind == .heading {
      headings.append(Heading(entry: entries.count, element: id, level: 1, number: nil, evidence: .style))
    }
    entries.append(ReadingEntry(elements: [id]))
  }

  mutating func figure(_ kind: Figure.Kind, caption: String, inside: String = "") {
    let caption = append(
      Element(kind: .caption, box: Self.box, runs: Self.runs(caption), typography: Typography(size: 9)))
    let figure = ElementFigure(index: 0, kind: kind, file: nil, mediaType: nil, inside: inside)
    let id = append(Element(kind: .figure, box: Self.box, typography: Typography(size: 10), figure: figure))
    entries.append(ReadingEntry(elements: [id], captions: [caption]))
  }

  mutating func table(_ rows: [[String]]) {
    let cells = rows.enumerated().flatMap { row, texts in
      texts.enumerated().map { ElementCell(row: row, column: $0, box: Self.box, runs: Self.runs($1)) }
    }
    let table = ElementTable(
      index: 0, rows: rows.count, columns: rows[0].count, headerRows: 1, stubColumns: 0, cells: cells)
    let id = append(Element(kind: .table, box: Self.box, typography: Typography(size: 10), table: table))
    entries.append(ReadingEntry(elements: [id]))
  }

  /// Makes one table of all entries, which repeat its header.
  mutating func joinTables() {
    entries = [
      ReadingEntry(
        elements: entries.flatMap(\.elements),
        joins: [ReadingEntry.Join](repeating: .rowsRepeatingHeader, count: entries.count - 1))
    ]
  }

  func enriched(
    _ change: (inout EnrichmentOptions) -> Void = { _ in }, model: (any LanguageModel)? = nil
  ) throws -> EnrichmentOutput { try run(change, model: model).output }

  func run(_ change: (inout EnrichmentOptions) -> Void = { _ in }, model: (any LanguageModel)? = nil) throws
    -> (output: EnrichmentOutput, logs: [String])
  {
    let run = try measured(change, model: model)
    return (run.output, run.logs)
  }

  /// How many checkpoints a run reads.
  func reads(model: any LanguageModel) throws -> Int { try measured({ _ in }, model: model).reads }

  private func measured(_ change: (inout EnrichmentOptions) -> Void, model: (any LanguageModel)?) throws
    -> (output: EnrichmentOutput, logs: [String], reads: Int)
  {
    var options = EnrichmentOptions()
    change(&options)
    let artifacts = ArtifactsInMemory(pages: Array(1...pages.count))
    for (index, elements) in pages.enumerated() {
      try artifacts.put(
        AssemblyOutput(size: PageSize(width: 600, height: 800), columns: [], elements: elements), .page(index + 1))
      artifacts.put(gap: .timedOut, for: UnitID(.figures, .page(index + 1)))
    }
    try artifacts.put(ReadingOrderOutput(entries: entries, furniture: [], missing: []))
    try artifacts.put(SectionsOutput(title: nil, headings: headings, sections: [], contents: []))
    if let chunks {
      try artifacts.put(ChunkingOutput(counter: "words", chunks: chunks))
    } else {
      artifacts.put(gap: .timedOut, for: UnitID(.chunking))
    }
    let unit = UnitID(.enrichment)
    let context = try RecordingContext(unit)
    context.languageModel = model
    context.embeddingModel = model as? any EmbeddingModel
    let output = try EnrichmentStage().run(
      EnrichmentStage.Input(unit: unit, artifacts: artifacts), options: options, context: context)
    return (output, context.logs, artifacts.reads)
  }

  func text(_ sentence: SummarySentence) -> String {
    let id = entries[sentence.entry].elements[0]
    let scalars = Array(pages[id.page - 1][id.index].text.unicodeScalars)
    return String(String.UnicodeScalarView(scalars[sentence.start..<sentence.end]))
  }

  private static let box = BoundingBox(left: 50, top: 100, right: 500, bottom: 112)

  private static func runs(_ text: String) -> [TextRun] {
    text.isEmpty ? [] : [TextRun(text: text, words: [], starts: [])]
  }

  private mutating func append(_ element: Element) -> ElementID {
    let id = ElementID(page: pages.count, index: pages[pages.count - 1].count)
    pages[pages.count - 1].append(element)
    return id
  }
}

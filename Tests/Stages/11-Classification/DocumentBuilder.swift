import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Classification

/// A document as texts with their kinds, given as the stages before would leave them.
struct DocumentBuilder {
  var size = PageSize(width: 595, height: 842)
  private var pages: [[Element]] = [[]]
  private var words = 0
  private var top = 40.0

  init() {}

  /// One paragraph per line; a line that begins with `# ` is a heading.
  init(_ text: String, size: PageSize = PageSize(width: 595, height: 842)) {
    self.size = size
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# ") { add(.heading, String(line.dropFirst(2))) } else { add(.paragraph, String(line)) }
    }
  }

  mutating func newPage() {
    pages.append([])
    top = 40
    words = 0
  }

  mutating func add(_ kind: RegionKind, _ text: String, lines: Int = 1, size: Double = 10) {
    let element = Element(
      kind: kind, box: BoundingBox(left: 50, top: top, right: 500, bottom: top + 12), runs: [run(text)],
      typography: Typography(size: size, lines: lines))
    pages[pages.count - 1].append(element)
    top += 14
  }

  mutating func table(_ rows: [[String]]) {
    var cells: [ElementCell] = []
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() {
        cells.append(
          ElementCell(
            row: row, column: column, box: BoundingBox(left: 50, top: top, right: 90, bottom: top + 10),
            runs: [run(text)]))
      }
      top += 12
    }
    pages[pages.count - 1].append(
      Element(
        kind: .table, box: BoundingBox(left: 50, top: 100, right: 500, bottom: 300), typography: Typography(size: 10),
        table: ElementTable(
          index: 0, rows: rows.count, columns: rows[0].count, headerRows: 1, stubColumns: 0, cells: cells)))
  }

  private mutating func run(_ text: String) -> TextRun {
    var starts: [Int] = []
    var offset = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      starts.append(offset)
      offset += word.unicodeScalars.count + 1
    }
    defer { words += starts.count }
    return TextRun(text: text, words: Array(words..<words + starts.count), starts: starts)
  }

  func classify(
    _ options: ClassificationOptions = ClassificationOptions(), model: (any LanguageModel)? = nil
  ) throws -> ClassificationOutput {
    let artifacts = ArtifactsInMemory(pages: Array(1...pages.count))
    var entries: [ReadingEntry] = []
    for (index, elements) in pages.enumerated() {
      try artifacts.put(AssemblyOutput(size: size, columns: [], elements: elements), .page(index + 1))
      for at in elements.indices { entries.append(ReadingEntry(elements: [ElementID(page: index + 1, index: at)])) }
    }
    try artifacts.put(ReadingOrderOutput(entries: entries, furniture: [], missing: []))
    try artifacts.put(SectionsOutput(title: nil, headings: [], sections: [], contents: []))
    let unit = UnitID(.classification)
    let context = try RecordingContext(unit)
    context.languageModel = model
    return try ClassificationStage().run(
      ClassificationStage.Input(unit: unit, artifacts: artifacts), options: options, context: context)
  }
}

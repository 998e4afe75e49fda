import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Extraction

/// A document of words at places, given as the stages before would leave it.
struct DocumentBuilder {
  var type: DocumentClass?
  private struct Page {
    var words: [Word] = []
    var lines: [Line] = []
    var elements: [Element] = []
    var fields: [FormField] = []
  }
  private var pages = [Page()]
  private let size = PageSize(width: 600, height: 800)

  init(_ type: DocumentClass? = nil) { self.type = type }

  mutating func newPage() { pages.append(Page()) }

  /// A line of text at a place; letters are 5 points wide and 10 high. It is an element of its own.
  mutating func line(_ text: String, x: Double = 50, y: Double, confidence: Double = 1) {
    let indices = words(text, x: x, y: y, confidence: confidence)
    let page = pages[pages.count - 1]
    guard let box = indices.map({ page.words[$0].box }).union() else { return }
    pages[pages.count - 1].lines.append(Line(words: indices, box: box, baseline: y + 8, size: 10))
    pages[pages.count - 1].elements.append(
      Element(kind: .paragraph, box: box, runs: [run(text, indices)], typography: Typography(size: 10)))
  }

  /// Lines one below the other, 12 points apart.
  mutating func lines(_ texts: [String], x: Double = 50, y: Double) {
    for (index, text) in texts.enumerated() { line(text, x: x, y: y + 12 * Double(index)) }
  }

  /// A field of a PDF form, 12 points high; its value is printed where `line` prints it.
  mutating func field(
    _ name: String, label: String? = nil, kind: FormField.Kind = .text, x: Double, y: Double, width: Double = 120,
    value: String
  ) {
    pages[pages.count - 1].fields.append(
      FormField(
        name: name, label: label, kind: kind,
        box: BoundingBox(left: x, top: y - 1, right: x + width, bottom: y + 11), value: value))
  }

  /// A table whose cells' words stand in columns 120 points apart.
  mutating func table(_ rows: [[String]], y: Double, headerRows: Int = 1) {
    var cells: [ElementCell] = []
    for (row, texts) in rows.enumerated() {
      for (column, text) in texts.enumerated() {
        let left = 50 + 120 * Double(column)
        let top = y + 14 * Double(row)
        let indices = words(text, x: left, y: top, confidence: 1)
        let box = BoundingBox(left: left, top: top, right: left + 110, bottom: top + 12)
        if !indices.isEmpty {
          pages[pages.count - 1].lines.append(Line(words: indices, box: box, baseline: top + 8, size: 10))
        }
        cells.append(
          ElementCell(
            row: row, column: column, header: row < headerRows, box: box, runs: text.isEmpty ? [] : [run(text, indices)]
          ))
      }
    }
    let box = BoundingBox(
      left: 50, top: y, right: 50 + 120 * Double(rows[0].count), bottom: y + 14 * Double(rows.count))
    pages[pages.count - 1].elements.append(
      Element(
        kind: .table, box: box, typography: Typography(size: 10),
        table: ElementTable(
          index: 0, rows: rows.count, columns: rows[0].count, headerRows: headerRows, stubColumns: 0, cells: cells)))
  }

  /// Words of one line, flush right, with white between them as told.
  mutating func words(_ texts: [String], gap: Double, right: Double, y: Double) {
    var boxes: [BoundingBox] = []
    var left = right - texts.reduce(-gap) { $0 + gap + 5 * Double($1.unicodeScalars.count) }
    let first = pages[pages.count - 1].words.count
    for text in texts {
      let width = 5 * Double(text.unicodeScalars.count)
      boxes.append(BoundingBox(left: left, top: y, right: left + width, bottom: y + 10))
      pages[pages.count - 1].words.append(
        Word(text: text, box: boxes[boxes.count - 1], confidence: .certain, source: .textLayer, size: 10))
      left += width + gap
    }
    let indices = Array(first..<first + texts.count)
    guard let box = boxes.union() else { return }
    pages[pages.count - 1].lines.append(Line(words: indices, box: box, baseline: y + 8, size: 10))
    pages[pages.count - 1].elements.append(
      Element(
        kind: .paragraph, box: box, runs: [run(texts.joined(separator: " "), indices)], typography: Typography(size: 10)
      ))
  }

  private mutating func words(_ text: String, x: Double, y: Double, confidence: Double) -> [Int] {
    var left = x
    var indices: [Int] = []
    for part in text.split(separator: " ") {
      let width = 5 * Double(part.unicodeScalars.count)
      indices.append(pages[pages.count - 1].words.count)
      pages[pages.count - 1].words.append(
        Word(
          text: String(part), box: BoundingBox(left: left, top: y, right: left + width, bottom: y + 10),
          confidence: Score(confidence), source: .textLayer, size: 10))
      left += width + 5
    }
    return indices
  }

  private func run(_ text: String, _ indices: [Int]) -> TextRun {
    var starts: [Int] = []
    var offset = 0
    for part in text.split(separator: " ") {
      starts.append(offset)
      offset += part.unicodeScalars.count + 1
    }
    return TextRun(text: text, words: indices, starts: starts)
  }

  func extract(_ options: ExtractionOptions = ExtractionOptions(), model: (any LanguageModel)? = nil) throws
    -> ExtractionOutput
  {
    let artifacts = ArtifactsInMemory(pages: Array(1...pages.count))
    var entries: [ReadingEntry] = []
    for (index, page) in pages.enumerated() {
      let subject = UnitSubject.page(index + 1)
      try artifacts.put(
        OCROutput(
          source: .textLayer, languages: [], passes: 0, fonts: [], words: page.words, formFields: page.fields), subject)
      try artifacts.put(
        LayoutOutput(
          size: size, turn: .none, lines: page.lines, blocks: [], columns: [], rules: [], separators: [],
          imageAreas: [],
          dropped: []), subject)
      try artifacts.put(AssemblyOutput(size: size, columns: [], elements: page.elements), subject)
      entries += page.elements.indices.map { ReadingEntry(elements: [ElementID(page: index + 1, index: $0)]) }
    }
    try artifacts.put(ReadingOrderOutput(entries: entries, furniture: [], missing: []))
    if let type {
      try artifacts.put(
        ClassificationOutput(
          type: type, subtype: nil, confidence: .certain, decidedBy: .rules, candidates: [], evidence: []))
    } else {
      artifacts.put(gap: .engineFailed, for: UnitID(.classification))
    }
    let unit = UnitID(.extraction)
    let context = try RecordingContext(unit)
    context.languageModel = model
    return try ExtractionStage().run(
      ExtractionStage.Input(unit: unit, artifacts: artifacts), options: options, context: context)
  }
}

import Checkpoints
import Contracts
import DocumentModel
import StageKit

/// What became of each word of one page, stage by stage.
struct PageTrace {
  let page: Int
  let words: [Word]
  let elements: [Element]
  let reading: Trace.Reading
  private var dropped: [Int: DroppedWord.Reason] = [:]
  private var lineOf: [Int: Int] = [:]
  private var regionOf: [Int: Int] = [:]
  private var regions: [Region] = []
  private var cellOf: [Int: WordTrace.CellPlace] = [:]
  private var figureOf: [Int: Int] = [:]
  private var elementOf: [Int: Int] = [:]
  private var marks: Set<Int> = []
  private var wordsOfFigure: [Int: [Int]] = [:]

  /// - Throws: `StageFailure` with `checkpoint_not_found` for a page without words.
  init(_ state: JobSnapshot, _ page: Int) throws {
    self.page = page
    let unit = UnitID(.ocr, .page(page))
    let ocr = try state.payload(of: unit, as: OCROutput.self)
    words = ocr.words
    let header = try state.header(of: unit)
    reading = Trace.Reading(
      page: page, source: ocr.source.rawValue, languages: ocr.languages, engines: header.engines ?? [:],
      edited: header.key == nil)
    elements = try state.output(AssemblyOutput.self, .page(page))?.elements ?? []
    if let layout = try state.output(LayoutOutput.self, .page(page)) { add(layout) }
    if let layout = try state.output(LayoutOutput.self, .page(page)),
      let output = try state.output(RegionsPage.self, .page(page))
    {
      regions = output.regions
      for (index, region) in regions.enumerated() {
        for line in region.lines where layout.lines.indices.contains(line) {
          for word in layout.lines[line].words where regionOf[word] == nil { regionOf[word] = index }
        }
      }
      for (index, figure) in (try state.output(FiguresOutput.self, .page(page))?.figures ?? []).enumerated() {
        for line in figure.lines where layout.lines.indices.contains(line) {
          for word in layout.lines[line].words where figureOf[word] == nil {
            figureOf[word] = index
            wordsOfFigure[index, default: []].append(word)
          }
        }
      }
    }
    for (index, table) in (try state.output(TablesOutput.self, .page(page))?.tables ?? []).enumerated() {
      for cell in table.cells {
        for word in cell.words where cellOf[word] == nil {
          cellOf[word] = WordTrace.CellPlace(table: index, row: cell.row, column: cell.column)
        }
      }
    }
    addElements()
  }

  private mutating func add(_ layout: LayoutOutput) {
    for (index, line) in layout.lines.enumerated() {
      for word in line.words where lineOf[word] == nil { lineOf[word] = index }
    }
    for word in layout.dropped { dropped[word.word] = word.reason }
  }

  private mutating func addElements() {
    for (index, element) in elements.enumerated() {
      let runs = element.runs + (element.table?.cells.flatMap(\.runs) ?? [])
      for word in runs.lazy.flatMap(\.words) where elementOf[word] == nil { elementOf[word] = index }
      for word in element.markWords ?? [] {
        marks.insert(word)
        if elementOf[word] == nil { elementOf[word] = index }
      }
    }
    // Lettering inside a picture: the words that no text has.
    for (index, element) in elements.enumerated() {
      guard let figure = element.figure else { continue }
      for word in wordsOfFigure[figure.index] ?? [] where elementOf[word] == nil { elementOf[word] = index }
    }
  }

  func word(_ index: Int) -> WordTrace? {
    guard words.indices.contains(index) else { return nil }
    let word = words[index]
    let region = regionOf[index]
    return WordTrace(
      page: page, word: index, text: word.text, box: word.box, confidence: word.confidence, source: word.source,
      dropped: dropped[index], line: lineOf[index], region: region,
      regionKind: region.flatMap { regions.indices.contains($0) ? regions[$0].kind : nil }, cell: cellOf[index],
      figure: figureOf[index], element: elementOf[index].map { ElementID(page: page, index: $0) },
      isMark: marks.contains(index))
  }

  /// All the words of an element, marker and lettering included, as they stand on the page.
  func words(ofElement index: Int) -> [Int] { words.indices.filter { elementOf[$0] == index } }

  /// The words whose middle lies in a box, or that the box covers by half.
  func words(in box: BoundingBox) -> [Int] {
    words.indices.filter { index in
      let word = words[index].box
      return box.contains(x: word.midX, y: word.midY) || word.coverage(by: box) >= 0.5
    }
  }
}

import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import ReadingOrder

/// Pages of elements, given directly as assembly would leave them.
struct PagesBuilder {
  static let size = PageSize(width: 600, height: 800)
  var pages: [Int: (columns: [BoundingBox], elements: [Element])] = [:]
  var gaps: [Int: GapCode] = [:]
  private var words = 0

  static let twoColumns = [
    BoundingBox(left: 50, top: 50, right: 290, bottom: 750), BoundingBox(left: 310, top: 50, right: 550, bottom: 750),
  ]

  mutating func page(_ number: Int, columns: [BoundingBox] = []) { pages[number] = (columns, []) }

  /// Adds a text element; `^` at the start of a word makes it a superscript run.
  @discardableResult
  mutating func text(
    _ kind: RegionKind, _ text: String, page: Int, y: Double = 100, column: Int? = nil, x: Double? = nil,
    width: Double? = nil, size: Double = 10, bold: Bool = false, lines: Int = 3, lastLineGap: Double = 0,
    indent: Double = 0, direction: ReadingDirection = .leftToRight, captionOf: Int? = nil, mark: String? = nil,
    marker: ListMarker? = nil, lineBreaks: [Int] = [], isQuote: Bool? = nil, turn: QuarterTurn? = nil
  ) -> ElementID {
    if pages[page] == nil { self.page(page) }
    var runs: [TextRun] = []
    for word in text.split(separator: " ").map(String.init) {
      let raised = word.hasPrefix("^")
      let letters = raised ? String(word.dropFirst()) : (runs.isEmpty ? "" : " ") + word
      let start = !raised && !runs.isEmpty ? 1 : 0
      if let last = runs.last, !raised, last.style == [] {
        let length = last.text.unicodeScalars.count
        runs[runs.count - 1] = TextRun(
          text: last.text + letters, words: last.words + [words], starts: last.starts + [length + start])
      } else {
        runs.append(TextRun(text: letters, style: raised ? .superscript : [], words: [words], starts: [start]))
      }
      words += 1
    }
    let box = column.map { pages[page]?.columns[$0] ?? Self.size.bounds }
    let left = x ?? box?.left ?? 50
    let right = left + (width ?? box?.width ?? 500)
    return add(
      Element(
        kind: kind, box: BoundingBox(left: left, top: y, right: right, bottom: y + Double(lines) * size * 1.2),
        column: column,
        runs: runs, lineBreaks: lineBreaks,
        typography: Typography(
          size: size, bold: bold, indent: indent, lastLineGap: lastLineGap, direction: direction, turn: turn,
          lines: lines,
          endsInHyphen: text.hasSuffix("-")), list: marker, captionOf: captionOf, footnoteMark: mark,
        isQuote: isQuote), page)
  }

  @discardableResult
  mutating func figure(page: Int, y: Double, column: Int? = nil, kind: Figure.Kind = .image) -> ElementID {
    if pages[page] == nil { self.page(page) }
    return add(
      Element(
        kind: .figure, box: BoundingBox(left: 50, top: y, right: 290, bottom: y + 100), column: column,
        typography: Typography(size: 0),
        figure: ElementFigure(index: 0, kind: kind, file: "f", mediaType: nil, inside: "")),
      page)
  }

  /// A table of two columns whose second begins at `share` of the width.
  @discardableResult
  mutating func table(
    _ rows: [[String]], page: Int, top: Double, bottom: Double, headerRows: Int = 0, share: Double = 0.5,
    width: Double = 500
  ) -> ElementID {
    if pages[page] == nil { self.page(page) }
    let columns = rows[0].count
    let height = (bottom - top) / Double(rows.count)
    let cells = rows.enumerated().flatMap { row, texts in
      texts.enumerated().map { column, text in
        let left = 50 + (column == 0 ? 0 : share + Double(column - 1) * 0.1) * width
        return ElementCell(
          row: row, column: column, header: row < headerRows,
          box: BoundingBox(
            left: left, top: top + Double(row) * height, right: left + 50, bottom: top + Double(row + 1) * height),
          runs: [TextRun(text: text, words: [], starts: [])])
      }
    }
    return add(
      Element(
        kind: .table, box: BoundingBox(left: 50, top: top, right: 50 + width, bottom: bottom),
        typography: Typography(size: 10),
        table: ElementTable(
          index: 0, rows: rows.count, columns: columns, headerRows: headerRows, stubColumns: 0, cells: cells)), page)
  }

  mutating func element(_ element: Element, page: Int) {
    if pages[page] == nil { self.page(page) }
    _ = add(element, page)
  }

  private mutating func add(_ element: Element, _ page: Int) -> ElementID {
    pages[page]?.elements.append(element)
    return ElementID(page: page, index: (pages[page]?.elements.count ?? 1) - 1)
  }

  func artifacts() throws -> ArtifactsInMemory {
    let numbers = Set(pages.keys).union(gaps.keys).sorted()
    let artifacts = ArtifactsInMemory(pages: numbers)
    for number in numbers {
      if let code = gaps[number] {
        artifacts.put(gap: code, for: UnitID(.assembly, .page(number)))
      } else if let page = pages[number] {
        try artifacts.put(
          AssemblyOutput(size: Self.size, columns: page.columns, elements: page.elements), .page(number))
      }
    }
    return artifacts
  }

  func read(_ options: ReadingOrderOptions = ReadingOrderOptions()) throws -> ReadingOrderOutput {
    let unit = UnitID(.readingOrder)
    return try ReadingOrderStage().run(
      ReadingOrderStage.Input(unit: unit, artifacts: artifacts()), options: options, context: RecordingContext(unit))
  }

  /// The joined text of every entry.
  func texts(_ output: ReadingOrderOutput) throws -> [String] {
    let reader = ElementReader(EveryPage(unit: UnitID(.sections), artifacts: try artifacts()))
    return try output.entries.map { try EntryText($0, reader: reader).text }
  }
}

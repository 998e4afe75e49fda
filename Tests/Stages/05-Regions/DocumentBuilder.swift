import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Regions

/// A document of built pages: lines with their text and place, in reading order, one block where they stand close.
struct DocumentBuilder {
  private(set) var pages: [Page] = [Page()]
  /// Where the words are said to come from.
  var source = OCROutput.Source.textLayer

  struct Page {
    var words: [Word] = []
    var lines: [Line] = []
    var blocks: [Block] = []
    var rules: [RulingLine] = []
    var images: [BoundingBox] = []
    var lineNumbers: [Int]?
    var marginNotes: [Int]?
    var columns = [BoundingBox(left: 60, top: 60, right: 540, bottom: 760)]
  }

  static let size = PageSize(width: 600, height: 800)
  static let fonts = [
    Font(name: "Serif"), Font(name: "Serif-Bold", bold: true), Font(name: "Serif-Italic", italic: true),
    Font(name: "Mono", monospaced: true), Font(name: "CMMI10"), Font(name: "Sans"), Font(name: "Sans-Bold", bold: true),
  ]
  enum Face: Int {
    case plain, bold, italic, mono, math, sans, sansBold

    static let headings: [Face] = [.plain, .bold]
  }

  mutating func newPage() { pages.append(Page()) }

  /// Sets lines below each other as one block of the page's one column.
  ///
  /// - Parameter white: above a row, besides the leading.
  mutating func block(
    _ texts: [String], left: Double = 60, baseline: Double, size: Double = 10, face: Face = .plain,
    leading: Double = 12,
    indents: [Int: Double] = [:], white: [Int: Double] = [:], column: Int = 0
  ) {
    let first = pages[pages.count - 1].lines.count
    for (row, text) in texts.enumerated() {
      let drop = (0...row).reduce(0) { $0 + (white[$1] ?? 0) }
      line(
        text, left: left + (indents[row] ?? 0), baseline: baseline + leading * Double(row) + drop, size: size,
        face: face)
    }
    close(from: first, column: column)
  }

  /// Sets what the layout found to count the lines of the text before it.
  mutating func lineNumbers(_ numbers: Range<Int>, left: Double, baseline: Double, size: Double) {
    block(numbers.map { "\($0)" }, left: left, baseline: baseline, size: size)
    pages[pages.count - 1].lineNumbers = [pages[pages.count - 1].blocks.count - 1]
  }

  /// Sets what the layout found to stand in the margin beside the text that comes next.
  mutating func marginNote(_ texts: [String], left: Double, baseline: Double, face: Face = .plain) {
    block(texts, left: left, baseline: baseline, face: face)
    pages[pages.count - 1].marginNotes =
      (pages[pages.count - 1].marginNotes ?? []) + [pages[pages.count - 1].blocks.count - 1]
  }

  /// Sets one word that stands turned, its baseline at `x`.
  mutating func turned(_ text: String, x: Double, y: Double, size: Double = 8, turn: QuarterTurn = .left) {
    let page = pages.count - 1
    let box = BoundingBox(
      left: x - 0.8 * size, top: y, right: x + 0.2 * size, bottom: y + 0.5 * size * Double(text.unicodeScalars.count))
    pages[page].words.append(
      Word(text: text, box: box, source: .textLayer, font: Face.sans.rawValue, size: size, turn: turn))
    pages[page].lines.append(
      Line(words: [pages[page].words.count - 1], box: box, baseline: x, size: size, turn: turn))
  }

  /// Makes one block of the turned words from `first` on.
  mutating func turnedBlock(_ texts: [String], x: Double, y: Double, step: Double) {
    let first = pages[pages.count - 1].lines.count
    for (row, text) in texts.enumerated() { turned(text, x: x, y: y - step * Double(row)) }
    close(from: first, column: nil)
  }

  mutating func columns(_ boxes: [BoundingBox]) { pages[pages.count - 1].columns = boxes }

  /// A row of cells, each a line of its own, in one block with the rows given together.
  mutating func table(
    _ rows: [[(text: String, left: Double)]], baseline: Double, leading: Double = 14, face: Face = .plain,
    column: Int = 0
  ) {
    let first = pages[pages.count - 1].lines.count
    for (row, cells) in rows.enumerated() {
      for cell in cells {
        line(cell.text, left: cell.left, baseline: baseline + leading * Double(row), size: 10, face: face)
      }
    }
    close(from: first, column: column)
  }

  /// One line of pieces in several faces.
  mutating func row(_ pieces: [(text: String, face: Face)], left: Double = 60, baseline: Double, size: Double = 10) {
    let page = pages.count - 1
    let first = pages[page].lines.count
    var x = left
    for piece in pieces {
      line(piece.text, left: x, baseline: baseline, size: size, face: piece.face)
      x = (pages[page].lines.last?.box.right ?? x) + 0.5 * size
    }
    let parts = pages[page].lines[first...]
    let whole = Line(
      words: parts.flatMap(\.words), box: parts.lazy.map(\.box).union() ?? parts[first].box, baseline: baseline,
      size: size)
    pages[page].lines.replaceSubrange(first..., with: [whole])
    close(from: first)
  }

  /// Makes the last blocks of the page one.
  mutating func merge(_ count: Int) {
    let page = pages.count - 1
    let lines = pages[page].blocks.suffix(count).flatMap(\.lines)
    let column = pages[page].blocks.last?.column
    pages[page].blocks.removeLast(count)
    close(from: lines.first ?? 0, column: column)
  }

  /// A paragraph that begins with a capital over its first rows.
  mutating func initial(_ letter: String, size: Double, beside texts: [String], baseline: Double) {
    let first = pages[pages.count - 1].lines.count
    line(letter, left: 60, baseline: baseline + 12 * (size / 12 - 1), size: size, face: .plain)
    let cap = pages[pages.count - 1].lines.removeLast()
    for (row, text) in texts.enumerated() {
      let y = baseline + 12 * Double(row)
      line(text, left: cap.box.bottom > y ? cap.box.right + 4 : 60, baseline: y, size: 10, face: .plain)
    }
    let head = pages[pages.count - 1].lines[first]
    pages[pages.count - 1].lines[first] = Line(
      words: cap.words + head.words, box: cap.box.union(head.box), baseline: head.baseline, size: head.size)
    close(from: first)
  }

  /// A row that begins with a raised mark.
  mutating func raised(_ mark: String, before text: String, baseline: Double) {
    let first = pages[pages.count - 1].lines.count
    line(mark, left: 60, baseline: baseline - 4, size: 7, face: .plain)
    let script = pages[pages.count - 1].lines.removeLast()
    line(text, left: 65, baseline: baseline, size: 10, face: .plain)
    let rest = pages[pages.count - 1].lines[first]
    pages[pages.count - 1].lines[first] = Line(
      words: script.words + rest.words, box: script.box.union(rest.box), baseline: rest.baseline, size: rest.size)
    close(from: first)
  }

  /// A row that begins with a number in smaller type and in its middle.
  mutating func disc(_ number: String, before text: String, baseline: Double, face: Face = .plain) {
    let first = pages[pages.count - 1].lines.count
    line(number, left: 60, baseline: baseline - 1, size: 7, face: .plain)
    let disc = pages[pages.count - 1].lines.removeLast()
    line(text, left: 72, baseline: baseline, size: 10, face: face)
    let rest = pages[pages.count - 1].lines[first]
    pages[pages.count - 1].lines[first] = Line(
      words: disc.words + rest.words, box: disc.box.union(rest.box), baseline: rest.baseline, size: rest.size)
    close(from: first)
  }

  /// Code whose rows are numbered in small type of another face; an empty text is an empty row.
  mutating func listing(_ texts: [String], left: Double = 60, baseline: Double, leading: Double = 10) {
    let first = pages[pages.count - 1].lines.count
    for (row, text) in texts.enumerated() {
      let y = baseline + leading * Double(row)
      let number = "\(row + 1)"
      line(number, left: left + 8 - 2.5 * Double(number.count), baseline: y - 0.4, size: 5, face: .plain)
      if !text.isEmpty { line(text, left: left + 20, baseline: y, size: 8, face: .mono) }
    }
    close(from: first)
  }

  /// One line around an x, as names of axes and titles of plots stand.
  mutating func centred(_ text: String, on x: Double, baseline: Double, size: Double = 8, face: Face = .sans) {
    let letters = Double(text.unicodeScalars.count { $0 != " " })
    let gaps = Double(text.unicodeScalars.count { $0 == " " })
    block(
      [text], left: x - (0.5 * letters + 0.25 * gaps) * size / 2, baseline: baseline, size: size, face: face)
  }

  /// A closed frame of rules.
  mutating func frame(_ box: BoundingBox) {
    for y in [box.top, box.bottom] { rule(.horizontal, at: y, from: box.left, to: box.right) }
    for x in [box.left, box.right] { rule(.vertical, at: x, from: box.top, to: box.bottom) }
  }

  /// Numbers from nought below a box, and as many left of it.
  mutating func numbers(around box: BoundingBox, count: Int = 4, size: Double = 8, face: Face = .sans) {
    for step in 0..<count {
      let share = (Double(step) + 0.5) / Double(count)
      centred("\(10 * step)", on: box.left + share * box.width, baseline: box.bottom + 16, size: size, face: face)
      let text = "\(5 * step)"
      block(
        [text], left: box.left - 8 - Double(text.count) * size / 2,
        baseline: box.bottom - share * box.height + 0.3 * size, size: size, face: face)
    }
  }

  mutating func rule(_ axis: RulingLine.Axis, at position: Double, from start: Double, to end: Double) {
    pages[pages.count - 1].rules.append(
      RulingLine(axis: axis, position: position, start: start, end: end, thickness: 0.5))
  }

  mutating func image(_ box: BoundingBox) { pages[pages.count - 1].images.append(box) }

  /// Body text: `count` lines of prose that end in a full stop.
  mutating func prose(lines count: Int, baseline: Double, left: Double = 60, size: Double = 10) {
    var texts = (0..<count).map { "running text of line \($0) goes on and on until the margin comes in sight at last" }
    texts[count - 1] = "and there it ends."
    block(texts, left: left, baseline: baseline, size: size, leading: 1.2 * size)
  }

  /// Sets a heading and the text right below it as one block, as layout makes it where they stand as close as lines do.
  mutating func section(_ heading: String, face: Face, size: Double, lines count: Int, baseline: Double) {
    let first = pages[pages.count - 1].lines.count
    line(heading, left: 60, baseline: baseline, size: size, face: face)
    // A name in the text's first line is set in another typeface.
    let word = pages[pages.count - 1].words.count
    defer {
      let page = pages.count - 1, named = pages[page].words[word]
      pages[page].words[word] = Word(
        text: named.text, box: named.box, source: named.source, font: Face.mono.rawValue, size: named.size)
    }
    for row in 1...count {
      line(
        "running text of line \(row) goes on and on until the margin comes in sight at last", left: 60,
        baseline: baseline + 1.3 * size + 12 * Double(row - 1), size: 10, face: .plain)
    }
    close(from: first)
  }

  mutating func line(_ text: String, left: Double, baseline: Double, size: Double, face: Face) {
    let page = pages.count - 1
    var x = left
    var indices: [Int] = []
    for word in text.split(separator: " ") {
      let width = Double(word.unicodeScalars.count) * size * 0.5
      indices.append(pages[page].words.count)
      pages[page].words.append(
        Word(
          text: String(word),
          box: BoundingBox(left: x, top: baseline - 0.8 * size, right: x + width, bottom: baseline + 0.2 * size),
          source: .textLayer, font: face.rawValue, size: size))
      x += width + 0.25 * size
    }
    let box = indices.lazy.map { [words = pages[page].words] in words[$0].box }.union()
    pages[page].lines.append(
      Line(
        words: indices, box: box ?? BoundingBox(left: left, top: baseline, right: left, bottom: baseline),
        baseline: baseline, size: size))
  }

  mutating func close(from first: Int, column: Int? = 0) {
    let page = pages.count - 1
    let lines = Array(first..<pages[page].lines.count)
    let box = lines.lazy.map { [all = pages[page].lines] in all[$0].box }.union()
    pages[page].blocks.append(
      Block(lines: lines, box: box ?? BoundingBox(left: 0, top: 0, right: 0, bottom: 0), column: column))
  }

  func artifacts(gaps: Set<Int> = []) throws -> ArtifactsInMemory {
    let artifacts = ArtifactsInMemory(pages: Array(1...pages.count))
    try artifacts.put(
      IngestOutput(type: .pdf, pageCount: pages.count, metadata: DocumentMetadata(), outline: [], encrypted: false))
    for (index, page) in pages.enumerated() {
      let number = index + 1
      if gaps.contains(number) {
        artifacts.put(gap: .crashed, for: UnitID(.layout, .page(number)))
        artifacts.put(gap: .crashed, for: UnitID(.ocr, .page(number)))
        continue
      }
      try artifacts.put(
        OCROutput(source: source, languages: [], passes: 0, fonts: Self.fonts, words: page.words), .page(number))
      try artifacts.put(
        LayoutOutput(
          size: Self.size, turn: .none, lines: page.lines, blocks: page.blocks, columns: page.columns,
          rules: page.rules,
          separators: [], imageAreas: page.images, dropped: [], lineNumbers: page.lineNumbers,
          marginNotes: page.marginNotes), .page(number))
    }
    return artifacts
  }

  struct Result {
    let output: RegionsOutput
    let pages: [Int: RegionsPage]
    let document: DocumentBuilder

    /// Kind and text of each region of a page.
    func regions(_ page: Int = 1) -> [(kind: RegionKind, text: String)] {
      let source = document.pages[page - 1]
      return (pages[page]?.regions ?? []).map { region in
        let words = region.lines.flatMap { source.lines[$0].words }
        return (region.kind, words.map { source.words[$0].text }.joined(separator: " "))
      }
    }

    func kinds(_ page: Int = 1) -> [RegionKind] { regions(page).map(\.kind) }

    func texts(_ kind: RegionKind, page: Int = 1) -> [String] {
      regions(page).filter { $0.kind == kind }.map(\.text)
    }
  }

  func run(gaps: Set<Int> = [], options: RegionsOptions = RegionsOptions()) throws -> Result {
    let unit = UnitID(.regions)
    let context = try RecordingContext(unit)
    let output = try RegionsStage().run(
      RegionsStage.Input(unit: unit, artifacts: try artifacts(gaps: gaps)), options: options, context: context)
    var parts: [Int: RegionsPage] = [:]
    for page in 1...pages.count { parts[page] = try context.part(RegionsPage.self, page: page) }
    return Result(output: output, pages: parts, document: self)
  }
}

import Contracts
import DocumentModel
import StageKit
import TestSupport

@testable import Assembly

/// Sets type on a synthetic page: words, lines and regions that fit each other.
struct PageBuilder {
  var size = PageSize(width: 600, height: 800)
  var words: [Word] = []
  var fonts = [
    Font(name: "Serif"), Font(name: "Serif-Bold", bold: true), Font(name: "Serif-Italic", italic: true),
    Font(name: "Mono", monospaced: true),
  ]
  var lines: [Line] = []
  /// Indices into the lines.
  var marginNotes: [Int] = []
  var regions: [Region] = []
  var columns: [BoundingBox] = []
  var rules: [RulingLine] = []
  var links: [PageLink] = []
  var tables: [Table] = []
  var refused: [RefusedTable] = []
  var figures: [Figure] = []
  var dropped: [DroppedWord] = []

  /// Sets a line; words are parted at spaces. `*bold*`, `/italic/`, `` `mono` ``, `^raised^` and `_lowered_` mark whole
  /// words; `~` at the end of a word joins it to the next.
  @discardableResult
  mutating func line(
    _ text: String, x: Double = 50, y: Double, size: Double = 10, direction: ReadingDirection = .leftToRight
  ) -> Int {
    var indices: [Int] = []
    var left = x
    for part in text.split(separator: " ").map(String.init) {
      var letters = part
      let joins = letters.hasSuffix("~")
      if joins { letters.removeLast() }
      var font = 0
      var shift = 0.0
      var scale = 1.0
      func unwrap(_ mark: String) -> Bool {
        guard letters.count > 2, letters.hasPrefix(mark), letters.hasSuffix(mark) else { return false }
        letters = String(letters.dropFirst().dropLast())
        return true
      }
      if unwrap("*") { font = 1 } else if unwrap("/") { font = 2 } else if unwrap("`") { font = 3 }
      if unwrap("^") { (shift, scale) = (-0.35, 0.65) } else if unwrap("_") { (shift, scale) = (0.15, 0.65) }
      let width = Double(letters.unicodeScalars.count) * size * scale * 0.5
      let base = y + shift * size
      indices.append(words.count)
      words.append(
        Word(
          text: letters,
          box: BoundingBox(
            left: left, top: base - size * scale * 0.8, right: left + width, bottom: base + size * scale * 0.2),
          source: .textLayer, font: font, size: size * scale, baseline: base, joinsNext: joins))
      left += width + (joins ? 0 : size * 0.25)
    }
    let box = indices.map { words[$0].box }.union() ?? BoundingBox(left: x, top: y, right: x, bottom: y)
    lines.append(Line(words: indices, box: box, baseline: y, size: size, direction: direction))
    return lines.count - 1
  }

  /// Sets lines one below the other and makes a region of them.
  @discardableResult
  mutating func region(
    _ kind: RegionKind, _ texts: [String], x: Double = 50, y: Double, size: Double = 10, leading: Double = 1.2,
    column: Int? = nil, indents: [Double] = [], direction: ReadingDirection = .leftToRight
  ) -> Int {
    let made = texts.enumerated().map { index, text in
      line(
        text, x: x + (index < indents.count ? indents[index] : 0), y: y + Double(index) * size * leading, size: size,
        direction: direction)
    }
    let box = made.map { lines[$0].box }.union() ?? BoundingBox(left: x, top: y, right: x, bottom: y)
    regions.append(Region(kind: kind, box: box, lines: made, column: column, confidence: .certain))
    return regions.count - 1
  }

  /// A grid over words that are already set.
  mutating func table(_ cells: [(row: Int, column: Int, words: [Int])], rows: Int, columns: Int, headerRows: Int = 0) {
    let made = cells.map { cell in
      Cell(
        row: cell.row, column: cell.column, text: cell.words.map { words[$0].text }.joined(separator: " "),
        box: cell.words.map { words[$0].box }.union() ?? BoundingBox(left: 0, top: 0, right: 1, bottom: 1),
        header: cell.row < headerRows, words: cell.words)
    }
    let box = made.map(\.box).union() ?? BoundingBox(left: 0, top: 0, right: 1, bottom: 1)
    tables.append(
      Table(
        box: box, rows: rows, columns: columns, cells: made, headerRows: headerRows, stubColumns: 0, strategy: .unruled,
        confidence: .certain))
  }

  /// Runs the stage over the page, through the bytes of its checkpoints.
  func assemble(_ options: AssemblyOptions = AssemblyOptions(), gaps: Bool = false) throws -> AssemblyOutput {
    let artifacts = ArtifactsInMemory()
    let raster = PageRaster(file: "0001.tif", width: 600, height: 800, resolution: 72, native: false)
    let verdict = TextLayerVerdict(
      judgement: .trusted, characters: 0, mapped: .certain, plausible: .certain, imageCover: .none)
    try artifacts.put(
      RenderOutput(
        size: size, raster: raster, preview: raster, verdict: verdict, fonts: fonts, words: words, images: [],
        links: links, formFields: []), .page(1))
    try artifacts.put(
      OCROutput(source: .textLayer, languages: [], passes: 0, fonts: fonts, words: words), .page(1))
    try artifacts.put(
      LayoutOutput(
        size: size, turn: .none, lines: lines,
        blocks: marginNotes.map { Block(lines: [$0], box: lines[$0].box, column: nil) }, columns: columns,
        rules: rules, separators: [], imageAreas: [], dropped: dropped,
        marginNotes: Array(marginNotes.indices)), .page(1))
    try artifacts.put(RegionsPage(regions: regions), .page(1))
    if gaps {
      artifacts.put(gap: .crashed, for: UnitID(.tables, .page(1)))
      artifacts.put(gap: .timedOut, for: UnitID(.figures, .page(1)))
    } else {
      try artifacts.put(TablesOutput(tables: tables, refused: refused), .page(1))
      try artifacts.put(FiguresOutput(figures: figures), .page(1))
    }
    let unit = UnitID(.assembly, .page(1))
    return try AssemblyStage().run(
      AssemblyStage.Input(unit: unit, artifacts: artifacts), options: options, context: RecordingContext(unit))
  }
}

import Contracts
import DocumentModel
import StageKit

/// All that is known of one page before assembly.
struct PageMaterial {
  let words: [Word]
  let fonts: [Font]
  let size: PageSize
  /// How far the page's text as a whole stands turned.
  let turn: QuarterTurn
  let lines: [Line]
  /// Indices of the lines that are notes in the margin.
  let marginNotes: Set<Int>
  let columns: [BoundingBox]
  let rules: [RulingLine]
  let dropped: [DroppedWord]
  let links: [PageLink]
  let regions: [Region]
  let tables: [Table]
  let refused: [RefusedTable]
  let figures: [Figure]

  init(
    links: [PageLink], ocr: OCROutput, layout: LayoutOutput, regions: [Region], tables: TablesOutput?, figures: [Figure]
  ) {
    words = ocr.words
    fonts = ocr.fonts
    size = layout.size
    turn = layout.turn
    lines = layout.lines
    marginNotes = Set(
      (layout.marginNotes ?? []).filter(layout.blocks.indices.contains).flatMap { layout.blocks[$0].lines })
    columns = layout.columns
    rules = layout.rules
    dropped = layout.dropped
    self.links = links
    self.regions = regions
    self.tables = tables?.tables ?? []
    refused = tables?.refused ?? []
    self.figures = figures
  }

  /// Whether a region is a note in the margin, which stands between texts and goes on from none.
  func isMarginNote(_ region: Region) -> Bool {
    !marginNotes.isEmpty && !region.lines.isEmpty && region.lines.allSatisfy(marginNotes.contains)
  }

  /// Checks that every index leads somewhere: an edited checkpoint may say anything.
  ///
  /// - Throws: `StageFailure` with `checkpoint_corrupt` that names the stage to run again.
  func verify(page: Int?) throws {
    func check(_ indices: some Sequence<Int>, _ count: Int, _ stage: StageID, _ what: String) throws {
      for index in indices where index < 0 || index >= count {
        throw StageFailure(
          .checkpointCorrupt,
          "The checkpoint of \(stage.rawValue) names \(what) \(index), which the page does not have.",
          page: page, hint: "Run \(stage.rawValue) again.")
      }
    }
    try check(words.compactMap(\.font), fonts.count, .ocr, "font")
    for line in lines { try check(line.words, words.count, .layout, "word") }
    try check(dropped.map(\.word), words.count, .layout, "word")
    for region in regions { try check(region.lines, lines.count, .regions, "line") }
    for table in tables { for cell in table.cells { try check(cell.words, words.count, .tables, "word") } }
    for figure in figures { try check(figure.lines, lines.count, .figures, "line") }
  }
}

import Contracts
import DocumentModel
import Leptonica
import StageKit

/// Finds the grids of a page: ruled, half-ruled and unruled tables.
package struct TablesStage: Stage {
  package typealias Input = Upstream<
    SamePage<RenderOutput>, SamePage<OCROutput>, SamePage<LayoutOutput>, SamePage<RegionsPage>
  >

  package static let version = 16
  package static let scope = StageScope.page

  package static func ingredients() throws -> StageIngredients {
    StageIngredients(engines: ["leptonica": LeptonicaVersion.text])
  }

  package init() {}

  package func run(_ input: Input, options: TablesOptions, context: any StageContext) throws -> TablesOutput {
    guard options.strategy != .off else { return TablesOutput(tables: [], refused: []) }
    let (render, words, layout, regions) = input.needs
    let rendered = try render.load()
    let raster = rendered.raster
    let ink = PageInk(resolution: raster.resolution) { try Self.image(raster, try render.file(raster.file)) }
    return try Self.tables(
      try words.load(), try layout.load(), try regions.load(), links: rendered.links, ink: ink, options: options)
  }

  /// - Throws: `StageFailure` with `checkpoint_corrupt` or `input_output`.
  private static func image(_ raster: PageRaster, _ file: InputFile) throws -> RasterImage {
    let (pixels, overflow) = raster.width.multipliedReportingOverflow(by: raster.height)
    do {
      return try GreyRaster(readingFrom: file.descriptor, pixelLimit: overflow ? 0 : pixels).onLightGround().image()
    } catch RasterFailure.inputOutput(let code) {
      throw StageFailure(.inputOutput, "The page's grey raster could not be read (errno \(code)).", retryable: true)
    } catch let failure as RasterFailure {
      throw StageFailure(
        .checkpointCorrupt, "The page's grey raster cannot be used: \(failure).", hint: "Run again from render.")
    }
  }

  /// The fewest words of a table: a page with fewer in one turn has none in it.
  private static let leastWords = 2

  /// The tables of each turn that words stand in, from top to bottom of the page.
  static func tables(
    _ ocr: OCROutput, _ layout: LayoutOutput, _ regions: RegionsPage, links: [PageLink] = [], ink: PageInk?,
    options: TablesOptions
  ) throws -> TablesOutput {
    guard options.strategy != .off else { return TablesOutput(tables: [], refused: []) }
    var tables: [Table] = []
    var refused: [RefusedTable] = []
    for turn in QuarterTurn.allCases where ocr.words.count(where: { $0.turn == turn }) >= leastWords {
      let page = UprightPage(turn: turn, ocr: ocr, layout: layout, regions: regions, links: links)
      let found = try TableFinder(page: page, options: options, ink: ink).find()
      let text = CellText(words: page.words)
      tables += found.tables.map { Table($0, on: page, text: text) }
      refused += found.refused
    }
    return TablesOutput(
      tables: tables.sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) },
      refused: refused.sorted { ($0.box.top, $0.box.left) < ($1.box.top, $1.box.left) })
  }
}

extension Table {
  /// A found grid as the checkpoint holds it, with the page's own coordinates.
  fileprivate init(_ candidate: TableCandidate, on page: UprightPage, text: CellText) {
    let grid = candidate.grid
    // Columns are counted in reading order.
    let isTurned = WordOrder.isRightToLeft(grid.cells.lazy.flatMap(\.words).map { WordOrder.Word($0.text) })
    func column(_ cell: GridDraft.DraftCell) -> Int { isTurned ? grid.columns - 1 - cell.lastColumn : cell.column }
    let cells = isTurned ? grid.cells.sorted { ($0.row, column($0)) < ($1.row, column($1)) } : grid.cells
    self.init(
      box: page.onPage(grid.box), rows: grid.rows, columns: grid.columns,
      cells: cells.map { cell in
        let content = text.text(cell.words)
        return Cell(
          row: cell.row, column: column(cell), rowSpan: cell.rowSpan, columnSpan: cell.columnSpan, text: content.text,
          box: page.onPage(grid.box(of: cell)),
          header: cell.row < grid.headerRows || !isTurned && cell.lastColumn < grid.stubColumns,
          words: content.words)
      },
      headerRows: grid.headerRows, stubColumns: isTurned ? 0 : grid.stubColumns, strategy: grid.strategy,
      turn: page.frame.upright.turn,
      confidence: Score(candidate.confidence))
  }
}

import CanonicalJSON
import Contracts
import DocumentModel
import Layout
import StageKit
import Tables
import TestSupport

/// The two stages whose work is their own and not a library's, each over one page.
enum StageMeasures {
  static func all() throws -> [Measure] {
    let prose = try MadePage(rows: 50, columns: 1, wordsInCell: 11, isRuled: false)
    let grid = try MadePage(rows: 40, columns: 6, wordsInCell: 2, isRuled: true)
    return [
      Measure(name: "layout: a page of 550 words") { _ = try prose.layout() },
      Measure(name: "layout: a ruled table of 480 words") { _ = try grid.layout() },
      Measure(name: "tables: a page of 550 words") { _ = try prose.tables() },
      Measure(name: "tables: a ruled table of 480 words") { _ = try grid.tables() },
    ]
  }
}

/// A page of words in rows and columns, with all that stands before its tables.
private struct MadePage {
  private let artifacts = ArtifactsInMemory()

  private static let size = PageSize(width: 595.28, height: 841.89)
  private static let resolution = 72.0  // dots per inch: a pixel is a point

  init(rows: Int, columns: Int, wordsInCell: Int, isRuled: Bool) throws {
    let (width, height) = (Int(Self.size.width), Int(Self.size.height))
    var pixels = [UInt8](repeating: 255, count: width * height)
    func ink(_ left: Int, _ top: Int, _ right: Int, _ bottom: Int) {
      for y in top..<bottom { for x in left..<right { pixels[y * width + x] = 0 } }
    }
    let (left, top, right, rowHeight) = (50, 50, 545, 14)
    let cell = (right - left) / columns
    var words: [Word] = []
    for row in 0..<rows {
      let y = top + row * rowHeight
      for column in 0..<columns {
        let x = left + column * cell + 2
        let step = (cell - 6) / wordsInCell
        for number in 0..<wordsInCell {
          let text = number == 1 ? "\(row * 31 % 997)" : Self.texts[(row + column + number) % Self.texts.count]
          let start = x + number * step
          let end = min(start + 5 * text.count, start + step - 3)
          ink(start, y + 3, end, y + 11)
          words.append(
            Word(
              text: text,
              box: BoundingBox(
                left: Double(start), top: Double(y + 2), right: Double(end), bottom: Double(y + 12)),
              confidence: .certain, source: .textLayer, font: 0, size: 10))
        }
      }
    }
    if isRuled {
      for row in 0...rows { ink(left, top + row * rowHeight, left + columns * cell, top + row * rowHeight + 1) }
      for column in 0...columns {
        ink(left + column * cell, top, left + column * cell + 1, top + rows * rowHeight)
      }
    }
    let raster = PageRaster(file: "0001.tif", width: width, height: height, resolution: Self.resolution, native: false)
    let verdict = TextLayerVerdict(
      judgement: .trusted, characters: words.count * 5, mapped: .certain, plausible: .certain, imageCover: .none)
    let fonts = [Font(name: "Serif")]
    try artifacts.put(
      RenderOutput(
        size: Self.size, raster: raster, preview: raster, verdict: verdict, fonts: fonts, words: words, images: [],
        links: [], formFields: []), .page(1),
      files: [raster.file: Array("P5\n# 72 dpi\n\(width) \(height)\n255\n".utf8) + pixels])
    try artifacts.put(
      OCROutput(source: .textLayer, languages: [], passes: 0, fonts: fonts, words: words), .page(1))
    try artifacts.put(try layout(), .page(1))
    try artifacts.put(RegionsPage(regions: []), .page(1))
  }

  private static let texts = ["the", "bridges", "were", "counted", "again", "of", "paragraph", "Amount", "total"]

  func layout() throws -> LayoutOutput {
    let unit = UnitID(.layout, .page(1))
    return try LayoutStage().run(
      LayoutStage.Input(unit: unit, artifacts: artifacts), options: LayoutOptions(), context: RecordingContext(unit))
  }

  func tables() throws -> TablesOutput {
    let unit = UnitID(.tables, .page(1))
    return try TablesStage().run(
      TablesStage.Input(unit: unit, artifacts: artifacts), options: TablesOptions(), context: RecordingContext(unit))
  }
}

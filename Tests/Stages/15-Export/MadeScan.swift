import Contracts
import DocumentModel
import Foundation
import Leptonica
import StageKit
import TestSupport

@testable import Export

/// A source document with the words that recognition found on its pages.
struct MadeScan {
  struct Page {
    var size = PageSize(width: 300, height: 400)
    var lines: [(words: [Word], turn: QuarterTurn, direction: ReadingDirection)] = []
    var skew = 0.0
    var gap: GapCode?

    mutating func line(
      _ words: [(String, BoundingBox)], turn: QuarterTurn = .none, direction: ReadingDirection = .leftToRight,
      source: TextSource = .recognition
    ) {
      lines.append(
        (
          words.map { Word(text: $0.0, box: $0.1, confidence: Score(0.9), source: source, size: 10, turn: turn) }, turn,
          direction
        ))
    }
  }

  var type: DocumentType
  var source: [UInt8]
  var pages: [Page]
  /// Which pages the job takes; all by default.
  var chosen: [Int]?

  /// A white picture of 300 × 400 pixels.
  static func blank(_ page: Page) throws -> MadeScan {
    MadeScan(
      type: .png, source: try RasterImage(width: 300, height: 400, depth: 8, resolution: 72).png(), pages: [page])
  }

  /// A PDF whose page `n` says `Original n`, the second turned by its rotation entry.
  static func pdf(_ pages: [Page]) throws -> MadeScan {
    let folder = try TemporaryFolder()
    let file = try PDFFile(folder.file("made.pdf").path)
    let tree = file.reserve()
    let font = try file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    var kids: [Int] = []
    for (index, page) in pages.enumerated() {
      let text = try file.add(stream: Array("BT /H 12 Tf 40 300 Td (Original \(index + 1)) Tj ET".utf8))
      let turned = index == 1
      let (width, height) = turned ? (page.size.height, page.size.width) : (page.size.width, page.size.height)
      kids.append(
        try file.add(
          "<< /Type /Page /Parent \(tree) 0 R /MediaBox [0 0 \(width) \(height)] /Rotate \(turned ? 90 : 0) "
            + "/Contents \(text) 0 R /Resources << /Font << /H \(font) 0 R >> >> >>"))
    }
    try file.add(
      "<< /Type /Pages /Kids [\(kids.map { "\($0) 0 R" }.joined(separator: " "))] /Count \(kids.count) >>", as: tree)
    try file.finish(catalog: try file.add("<< /Type /Catalog /Pages \(tree) 0 R >>"))
    return MadeScan(type: .pdf, source: Array(try Data(contentsOf: folder.file("made.pdf"))), pages: pages)
  }

  func artifacts() throws -> ArtifactsInMemory {
    let artifacts = ArtifactsInMemory(pages: chosen ?? Array(1...pages.count), source: source)
    try artifacts.put(
      IngestOutput(type: type, pageCount: pages.count, metadata: DocumentMetadata(), outline: [], encrypted: false))
    for (index, page) in pages.enumerated() {
      let number = index + 1
      if let gap = page.gap {
        for stage in [StageID.ingest, .render, .ocr, .layout] {
          artifacts.put(gap: gap, for: UnitID(stage, .page(number)))
        }
        continue
      }
      let pixels = type == .pdf ? nil : PixelSize(width: 300, height: 400)
      try artifacts.put(
        IngestPage(
          number: number, size: page.size, rotation: type == .pdf && index == 1 ? .right : .none, pixels: pixels),
        .page(number))
      var words: [Word] = []
      var lines: [Line] = []
      for line in page.lines {
        lines.append(
          Line(
            words: line.words.indices.map { words.count + $0 }, box: line.words.map(\.box).union() ?? page.size.bounds,
            baseline: 0, size: 10, turn: line.turn, direction: line.direction))
        words += line.words
      }
      let raster = PageRaster(file: "000\(number).tif", width: 600, height: 800, resolution: 144, native: false)
      let verdict = TextLayerVerdict(
        judgement: .absent, characters: 0, mapped: .none, plausible: .none, imageCover: .certain)
      try artifacts.put(
        RenderOutput(
          size: page.size, raster: raster, preview: raster, verdict: verdict, fonts: [], words: [], images: [],
          links: [], formFields: []), .page(number))
      try artifacts.put(
        OCROutput(source: .recognition, skew: page.skew, languages: ["eng"], passes: 1, fonts: [], words: words),
        .page(number))
      try artifacts.put(
        LayoutOutput(
          size: page.size, turn: .none, lines: lines,
          blocks: lines.indices.map { Block(lines: [$0], box: lines[$0].box, column: nil) }, columns: [], rules: [],
          separators: [], imageAreas: [], dropped: []), .page(number))
    }
    return artifacts
  }

  func export<S: Stage>(_ stage: S.Type) throws -> [UInt8] where S.Output == ExportOutput, S.Options == NoOptions {
    let context = try RecordingContext(UnitID(.export, .format(S.format?.rawValue ?? "")))
    let output = try S().run(
      S.Input(unit: context.unit, artifacts: try artifacts()), options: NoOptions(), context: context)
    return try context.bytes(of: output.files[0].file)
  }
}

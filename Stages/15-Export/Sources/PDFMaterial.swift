import Contracts
import DocumentModel
import Leptonica
import QPDF
import StageKit

/// What the searchable PDF is made of, and the two ways of making it.
struct PDFMaterial {
  let source: InputFile
  let ingest: IngestOutput
  let pages: EveryPage<IngestPage>
  let words: EveryPage<OCROutput>
  let layouts: EveryPage<LayoutOutput>
  let context: any StageContext

  var isPDF: Bool { ingest.type == .pdf }

  /// Lays text over those of the PDF's own pages that need it.
  ///
  /// A PDF of which all pages are wanted and none needs text is handed on byte by byte: its signatures stay good.
  func layPages(into output: OutputFile) throws {
    let layer = try LayeredPDF(context.scratch + "/layer.pdf")
    var targets: [Int] = []
    for (place, number) in pages.pages.enumerated() {
      if let size = try pages.load(page: number).value?.size, let text = try text(number, size) {
        try layer.add(size, text: text)
        targets.append(place + 1)
      }
      context.progress(0.8 * Double(place + 1) / Double(pages.pages.count))
    }
    let isWhole = pages.pages == Array(1...max(ingest.pageCount, 1))
    if isWhole, targets.isEmpty, !ingest.encrypted { return try source.withBytes { try output.write($0) } }
    if !targets.isEmpty { try layer.finish() }
    let original = context.scratch + "/source.pdf"
    try ScratchFile.write(source, to: original)
    let result = context.scratch + "/result.pdf"
    let job = PDFJob.assemble(
      original, pages: isWhole ? nil : pages.pages, layer: targets.isEmpty ? nil : layer.path, onto: targets,
      password: context.password, to: result)
    for warning in try job.run().prefix(Self.mostWarnings) { context.log(.warning, "qpdf: \(warning)") }
    try ScratchFile.copy(result, to: output)
  }

  /// Makes a page of every image.
  func bindImages(into output: OutputFile) throws {
    let file = try LayeredPDF(context.scratch + "/images.pdf")
    for (place, number) in pages.pages.enumerated() {
      try bind(number, into: file)
      context.progress(0.8 * Double(place + 1) / Double(pages.pages.count))
    }
    try file.finish()
    let result = context.scratch + "/result.pdf"
    try PDFJob.rewrite(file.path, to: result).run()
    try ScratchFile.copy(result, to: output)
  }

  private static let mostWarnings = 20  // a damaged file can warn at every object

  private func bind(_ number: Int, into file: LayeredPDF) throws {
    switch try pages.load(page: number) {
    case .gap(let code): try file.add(Self.a4, message: "Page \(number) could not be read: \(code.rawValue)")
    case .value(let page) where context.unreadablePages.contains(number):
      try file.add(page.size, message: "Page \(number) could not be read: \(GapCode.pageUnreadable.rawValue)")
    case .value(let page):
      let text = try text(number, page.size)
      try context.entering(page: number)
      do {
        let pixels = page.pixels.map { $0.width.multipliedReportingOverflow(by: $0.height) }
        let limit = pixels.map { $0.overflow ? 0 : $0.partialValue } ?? 0
        try source.withBytes { bytes in
          try file.add(page.size, text: text) {
            try PictureObject.write(bytes, page: number - 1, pixelLimit: limit, to: $0)
          }
        }
      } catch let failure as RasterFailure {
        context.log(.warning, "page \(number): \(failure)")
        try file.add(page.size, message: "Page \(number) could not be read: \(GapCode.damaged.rawValue)")
      }
    }
  }

  private static let a4 = PageSize(width: 595.28, height: 841.89)

  /// The text that the page lacks; nil where there is none.
  private func text(_ number: Int, _ size: PageSize) throws -> TextLayer? {
    guard let output = try words.load(page: number).value else { return nil }
    let layer = TextLayer(output, layout: try layouts.load(page: number).value, size: size)
    return layer.isEmpty ? nil : layer
  }
}

import Contracts
import DocumentModel
import StageKit

/// Stage 15 for HTML: the document as one page that needs nothing else but its pictures.
package struct HTMLExport: Stage {
  package typealias Input = Upstream<
    EveryPage<FiguresOutput>, EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>,
    WholeDocument<SectionsOutput>, WholeDocumentIfAny<EnrichmentOutput>
  >
  package typealias Options = HTMLOptions
  package typealias Output = ExportOutput

  package static var version: Int { 8 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .html }

  package init() {}

  package func run(_ input: Input, options: HTMLOptions, context: any StageContext) throws -> ExportOutput {
    let (figures, pages, order, sections, enrichment) = input.needs
    let known = try enrichment.load().value
    let file = try TextFile("html/document.html", context)
    let pictures = FigureFiles(
      figures, display: options.figures, folder: "html", name: options.name, context: context)
    let walk = DocumentWalk(try order.load(), try sections.load(), pages: pages, context: context)
    let title = try walk.content.titleText()
    var writer = HTMLWriter(
      file: file, pictures: pictures, descriptions: known?.descriptions ?? [:], options: options,
      hasTitle: title != nil)
    try writer.begin(
      title: title ?? TracedText(options.name, .made(.name, element: nil)), language: known?.languages.first?.language)
    try walk.forEach { try writer.write($0) }
    try writer.end()
    return ExportOutput(
      format: .html,
      files: [file.exported(".html", "text/html; charset=utf-8")] + pictures.files)
  }
}

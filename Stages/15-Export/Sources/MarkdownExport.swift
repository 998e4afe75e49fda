import Contracts
import DocumentModel
import StageKit

/// Stage 15 for Markdown: the document as GitHub's Markdown.
package struct MarkdownExport: Stage {
  package typealias Input = Upstream<
    EveryPage<FiguresOutput>, EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>,
    WholeDocument<SectionsOutput>, WholeDocumentIfAny<EnrichmentOutput>
  >
  package typealias Options = MarkdownOptions
  package typealias Output = ExportOutput

  package static var version: Int { 8 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .markdown }

  package init() {}

  package func run(_ input: Input, options: MarkdownOptions, context: any StageContext) throws -> ExportOutput {
    let (figures, pages, order, sections, enrichment) = input.needs
    let file = try TextFile("md/document.md", context)
    let pictures = FigureFiles(
      figures, display: options.figures, folder: "md", name: options.name, context: context)
    let walk = DocumentWalk(try order.load(), try sections.load(), pages: pages, context: context)
    var writer = MarkdownWriter(
      file: file, pictures: pictures, descriptions: try enrichment.load().value?.descriptions ?? [:],
      options: options, hasTitle: try walk.content.titleText() != nil)
    try walk.forEach { try writer.write($0) }
    try writer.end()
    return ExportOutput(
      format: .markdown,
      files: [file.exported(".md", "text/markdown; charset=utf-8")]
        + pictures.files)
  }
}

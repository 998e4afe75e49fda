import Contracts
import DocumentModel
import StageKit

/// Stage 15 for plain text: what can be read aloud, tables in columns.
package struct TextExport: Stage {
  package typealias Input = Upstream<
    EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>, WholeDocument<SectionsOutput>
  >
  package typealias Options = TextOptions
  package typealias Output = ExportOutput

  package static var version: Int { 5 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .text }

  package init() {}

  package func run(_ input: Input, options: TextOptions, context: any StageContext) throws -> ExportOutput {
    let (pages, order, sections) = input.needs
    let file = try TextFile("txt/document.txt", context)
    let walk = DocumentWalk(try order.load(), try sections.load(), pages: pages, context: context)
    var writer = PlainWriter(file: file, options: options)
    try walk.forEach { try writer.write($0) }
    try writer.end()
    return ExportOutput(
      format: .text, files: [file.exported(".txt", "text/plain; charset=utf-8")])
  }
}

import Contracts
import DocumentModel
import StageKit

/// Stage 15 for CSV: one file for every table; a document without tables has none.
package struct CSVExport: Stage {
  package typealias Input = Upstream<EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>>
  package typealias Options = CSVOptions
  package typealias Output = ExportOutput

  package static var version: Int { 3 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .csv }

  package init() {}

  package func run(_ input: Input, options: CSVOptions, context: any StageContext) throws -> ExportOutput {
    let (pages, order) = input.needs
    let content = ContentReader(try order.load(), nil, reader: ElementReader(pages))
    var files: [ExportedFile] = []
    for (index, entry) in content.entries.enumerated() {
      if index % 64 == 0 { context.progress(Double(index) / Double(content.entries.count)) }
      guard let id = entry.elements.first else { continue }
      let notes = NoteReferences()
      guard let grid = try content.grid(of: entry, try content.reader.element(id), notes), grid.rowCount > 0 else {
        continue
      }
      let name = "table-\(FileNumber.text(files.count + 1)).csv"
      let file = try TextFile("csv/\(name)", context)
      try CSVTable(grid: grid, options: options).forEachLine { try file.put($0) }
      try file.finish()
      files.append(file.exported("/\(name)", "text/csv; charset=utf-8"))
    }
    return ExportOutput(format: .csv, files: files)
  }
}

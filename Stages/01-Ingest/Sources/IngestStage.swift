import Contracts
import DocumentModel
import Leptonica
import Poppler
import StageKit

/// Stage 1: what a document is and which pages it has, without reading any page's content.
package struct IngestStage: Stage {
  package typealias Input = Upstream<SourceDocument>
  package typealias Output = IngestOutput

  package static let version = 1
  package static let scope = StageScope.documentWithParts

  package static func ingredients() throws -> StageIngredients {
    StageIngredients(engines: ["leptonica": LeptonicaVersion.text, "poppler": PopplerVersion.text])
  }

  package init() {}

  package func run(_ input: Input, options: IngestOptions, context: any StageContext) throws -> IngestOutput {
    let file = try input.needs.open()
    guard file.length > 0 else {
      throw StageFailure(.emptyFile, "The file has no bytes.", hint: "Check that it was sent completely.")
    }
    let type = try file.withBytes { try DocumentType(sniffing: $0) }
    var pages = PageLedger(context: context)
    if type == .pdf {
      let ingest = PDFIngest(file: file, options: options)
      return try ingest.run(&pages, context: context)
    }
    return try file.withBytes { bytes in
      try ImageIngest(type: type, bytes: bytes, options: options).run(&pages, context: context)
    }
  }
}

import Contracts
import DocumentModel
import Leptonica
import QPDF
import StageKit

/// Stage 15 for PDF: the original pages with a text layer where they had none worth trusting.
package struct PDFExport: Stage {
  package typealias Input = Upstream<
    SourceDocument, WholeDocument<IngestOutput>, EveryPage<IngestPage>, EveryPage<OCROutput>, EveryPage<LayoutOutput>
  >
  package typealias Options = NoOptions
  package typealias Output = ExportOutput

  package static var version: Int { 2 }
  package static var scope: StageScope { .format }
  package static var format: ExportFormat? { .pdf }

  package static func ingredients() throws -> StageIngredients {
    StageIngredients(engines: ["qpdf": QPDFVersion.text, "leptonica": LeptonicaVersion.text])
  }

  package init() {}

  package func run(_ input: Input, options: NoOptions, context: any StageContext) throws -> ExportOutput {
    let (source, document, pages, words, layouts) = input.needs
    let material = PDFMaterial(
      source: try source.open(), ingest: try document.load(), pages: pages, words: words, layouts: layouts,
      context: context)
    let output = try context.makeFile(named: "pdf/document.pdf")
    do {
      try material.isPDF ? material.layPages(into: output) : material.bindImages(into: output)
    } catch let failure as QPDFFailure {
      throw Self.failure(failure)
    }
    _ = try output.finish()
    return ExportOutput(
      format: .pdf, files: [ExportedFile(file: output.name, suffix: ".pdf", mediaType: "application/pdf")])
  }

  private static func failure(_ failure: QPDFFailure) -> StageFailure {
    switch failure {
    case .password:
      StageFailure(.passwordRequired, "The document is encrypted.", hint: "Give its password and resume.")
    case .usage, .failed:
      StageFailure(
        .engineFailed, "The PDF's structure could not be rewritten.",
        hint: "The other formats are not concerned: ask for those.")
    }
  }
}

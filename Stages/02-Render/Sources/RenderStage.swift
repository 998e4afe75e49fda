import Contracts
import DocumentModel
import Leptonica
import Poppler
import QPDF
import StageKit

/// Stage 2: one page as pixels, and its own text layer with a verdict on it.
package struct RenderStage: Stage {
  package typealias Input = Upstream<SourceDocument, SamePage<IngestPage>>
  package typealias Output = RenderOutput

  package static let version = 12
  package static let scope = StageScope.page

  package static func ingredients() throws -> StageIngredients {
    StageIngredients(engines: [
      "leptonica": LeptonicaVersion.text, "poppler": PopplerVersion.text, "qpdf": QPDFVersion.text,
    ])
  }

  package init() {}

  package func run(_ input: Input, options: RenderOptions, context: any StageContext) throws -> RenderOutput {
    let (document, ingest) = input.needs
    let page = try ingest.load()
    let file = try document.open()
    do {
      if let pixels = page.pixels {
        return try ImageRender(page: page, pixels: pixels, options: options).run(file, context: context)
      }
      let pdf = try context.warm("\(context.source)") {
        try PopplerDocument(descriptor: file.descriptor, password: context.password)
      }
      return try render(pdf.page(page.number), of: file, options, context)
    } catch let failure as PopplerFailure {
      throw StageFailure(failure, page: page.number)
    } catch let failure as RasterFailure {
      throw StageFailure(failure, page: page.number)
    } catch let failure as QPDFFailure {
      throw StageFailure(
        .pageUnreadable, "The page cannot be drawn as it is, nor be made harmless: \(failure).", page: page.number,
        hint: "Save it again with the program it came from.")
    }
  }

  private func render(
    _ page: PopplerPage, of file: InputFile, _ options: RenderOptions, _ context: any StageContext
  ) throws -> RenderOutput {
    let objects = try context.warm("\(context.source)") {
      PDFObjects(descriptor: file.descriptor, password: context.password)
    }
    let makeup = objects.makeup(ofPage: page.number)
    return try PDFRender(page: page, options: options, makeup: makeup, reader: objects.reader) {
      try makeup.flatMap {
        try HarmlessPage(page.number, $0, descriptor: file.descriptor, password: context.password)
      }
    }.run(context: context)
  }
}

import Contracts
import DocumentModel
import Leptonica
import Poppler
import StageKit

/// Stage 2: one page as pixels, and its own text layer with a verdict on it.
package struct RenderStage: Stage {
  package typealias Input = Upstream<SourceDocument, SamePage<IngestPage>>
  package typealias Output = RenderOutput

  package static let version = 2
  package static let scope = StageScope.page

  package static func ingredients() throws -> StageIngredients {
    StageIngredients(engines: ["leptonica": LeptonicaVersion.text, "poppler": PopplerVersion.text])
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
      return try PDFRender(page: pdf.page(page.number), options: options).run(context: context)
    } catch let failure as PopplerFailure {
      throw StageFailure(failure, page: page.number)
    } catch let failure as RasterFailure {
      throw StageFailure(failure, page: page.number)
    }
  }
}

import Contracts
import DocumentModel
import StageKit

/// Stage 8: turns a page's regions, tables and figures into elements with text.
package struct AssemblyStage: Stage {
  package typealias Input = Upstream<
    SamePage<RenderOutput>, SamePage<OCROutput>, SamePage<LayoutOutput>, SamePage<RegionsPage>,
    SamePageIfAny<TablesOutput>, SamePageIfAny<FiguresOutput>
  >
  package typealias Options = AssemblyOptions
  package typealias Output = AssemblyOutput

  package static var version: Int { 16 }
  package static var scope: StageScope { .page }

  package init() {}

  package func run(_ input: Input, options: AssemblyOptions, context: any StageContext) throws -> AssemblyOutput {
    let (render, ocr, layout, regions, tables, figures) = input.needs
    let page = PageMaterial(
      links: try render.load().links, ocr: try ocr.load(), layout: try layout.load(),
      regions: try regions.load().regions,
      tables: try tables.load().value, figures: try figures.load().value?.figures ?? [])
    try page.verify(page: context.unit.page)
    return PageAssembler(page, options: options).assemble()
  }
}

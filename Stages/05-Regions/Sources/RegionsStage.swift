import Contracts
import DocumentModel
import StageKit

/// Stage 5: what each part of each page is, told with the statistics of the whole document.
package struct RegionsStage: Stage {
  package typealias Input = Upstream<WholeDocument<IngestOutput>, EveryPage<OCROutput>, EveryPage<LayoutOutput>>
  package typealias Output = RegionsOutput

  package static var version: Int { 16 }
  package static var scope: StageScope { .documentWithParts }

  package init() {}

  package func run(_ input: Input, options: RegionsOptions, context: any StageContext) throws -> RegionsOutput {
    let (_, words, layouts) = input.needs
    var body = BodyStyle()
    var survey = FurnitureSurvey()
    var titlePage: Int?
    try eachPage(words, layouts, context, from: 0) { view, _ in
      for line in view.lines { body.count(line) }
      let rows = view.edgeRows
      survey.add(
        page: view.number, rows: FurnitureRow.candidates(rows, height: view.size.height),
        isBare: rows.count <= FurnitureSurvey.mostBareRows && view.images.isEmpty,
        text: FoldedText(rows.flatMap(\.words)).key)
      if titlePage == nil, !view.lines.isEmpty { titlePage = view.number }
    }
    let facts = BodyFacts(
      size: body.size, largestText: body.largestText, isBold: body.isBold, isMonospaced: body.isMonospaced,
      family: body.font.map(NumberAxis.family) ?? "", numbersAreStyled: body.numbersAreStyled,
      showsSessions: body.prompts >= Sessions.leastPrompts, titlePage: titlePage)
    var counts: [String: Int] = [:]
    var pageCount = 0
    try eachPage(words, layouts, context, from: 0.5) { view, layout in
      let marks = options.furniture ? FurnitureMarks(view, survey: survey, bodySize: facts.size) : nil
      let regions = PageRegions(view, lineBoxes: layout.lines.map(\.box), body: facts, marks: marks).regions()
      try context.emit(part: RegionsPage(regions: regions), page: view.number)
      for region in regions { counts[region.kind.rawValue, default: 0] += 1 }
      pageCount += 1
    }
    return RegionsOutput(bodySize: facts.size, bodyFont: body.font, pageCount: pageCount, counts: counts)
  }

  /// One page in memory at a time; pages that are gaps are passed over.
  private func eachPage(
    _ words: EveryPage<OCROutput>, _ layouts: EveryPage<LayoutOutput>, _ context: any StageContext, from start: Double,
    _ body: (PageView, LayoutOutput) throws -> Void
  ) throws {
    let pages = layouts.pages
    for (index, page) in pages.enumerated() {
      context.progress(start + 0.5 * Double(index) / Double(max(pages.count, 1)))
      guard let layout = try layouts.load(page: page).value, let read = try words.load(page: page).value else {
        continue
      }
      try body(PageView(number: page, words: read, layout: layout), layout)
    }
  }
}

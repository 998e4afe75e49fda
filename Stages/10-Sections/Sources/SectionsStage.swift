import Contracts
import DocumentModel
import StageKit

/// Stage 10: finds the title, gives headings their levels and builds the section tree.
package struct SectionsStage: Stage {
  package typealias Input = Upstream<
    WholeDocument<IngestOutput>, EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>
  >
  package typealias Options = SectionsOptions
  package typealias Output = SectionsOutput

  package static var version: Int { 6 }
  package static var scope: StageScope { .document }

  package init() {}

  package func run(_ input: Input, options: SectionsOptions, context: any StageContext) throws -> SectionsOutput {
    let (document, pages, order) = input.needs
    let ingest = try document.load()
    let entries = try order.load().entries
    let outline = Outline(options.useOutline ? ingest.outline : [])
    let survey = try Survey(entries, reader: ElementReader(pages), outline: outline, progress: context.progress)
    let contents = PrintedContents(survey)
    let title = TitleChoice.entry(survey, contents: contents, metadata: ingest.metadata.title)
    let candidates = survey.headings.filter { !contents.entries.contains($0.entry) && !title.covers($0.entry) }
    let headings = HeadingLevels(outline: outline, contents: contents, title: title.text).headings(candidates)
    return SectionsOutput(
      title: title.entry, headings: headings, sections: SectionTree.build(headings, entries: entries.count),
      contents: contents.entries.sorted())
  }
}

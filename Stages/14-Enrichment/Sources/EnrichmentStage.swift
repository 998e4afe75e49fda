import Contracts
import DocumentModel
import StageKit

/// Stage 14: tells the document's languages, keywords and central sentences, and what a language model adds.
package struct EnrichmentStage: Stage {
  package typealias Input = Upstream<
    EveryPage<FiguresOutput>, EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>,
    WholeDocument<SectionsOutput>, WholeDocumentIfAny<ChunkingOutput>
  >
  package typealias Options = EnrichmentOptions
  package typealias Output = EnrichmentOutput

  package static var version: Int { 2 }
  package static var scope: StageScope { .document }

  package static var consults: ModelConsultation {
    ModelConsultation(text: ["abstract", "descriptions"], embedding: ["embeddings"])
  }

  package init() {}

  package func run(_ input: Input, options: EnrichmentOptions, context: any StageContext) throws -> EnrichmentOutput {
    let (figures, pages, order, sections, chunks) = input.needs
    let entries = try order.load().entries
    let structure = try sections.load()
    let reader = ElementReader(pages)
    let asksModels = context.languageModel != nil || context.embeddingModel != nil
    let share = asksModels ? 0.5 : 1
    let survey = try DocumentSurvey(entries, sections: structure, reader: reader) { entry in
      if entry % Self.entriesPerTick == 0 { context.progress(share * Double(entry) / Double(entries.count)) }
    }
    let rank = SentenceRank(survey.sentences)
    var answers: ModelAnswers?
    if asksModels {
      let texts = ChunkText(entries: entries, headings: structure.headings, reader: reader)
      answers = ModelAnswers(context, texts: texts)
      if options.abstract {
        try answers?.summarize(
          rank.summary(Self.sentencesForModel), title: structure.title, language: survey.languages.main)
      }
      if options.descriptions { try answers?.describe(figures) }
      if options.embeddings, let cut = try chunks.load().value { try answers?.embed(cut.chunks) }
    }
    return EnrichmentOutput(
      languages: survey.languages.shares, keywords: survey.keywords.keywords(options.keywords),
      summary: rank.summary(options.sentences), abstract: answers?.abstract, embeddings: answers?.embeddings ?? [],
      descriptions: answers?.descriptions ?? [:], models: answers?.models ?? [:])
  }

  private static let entriesPerTick = 50  // entries: a page or two
  private static let sentencesForModel = 80  // sentences: two or three pages, more than fits a prompt
}

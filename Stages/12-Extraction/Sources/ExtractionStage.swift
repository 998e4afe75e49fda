import Contracts
import DocumentModel
import StageKit

/// Stage 12: finds values in the document: entities, labels with their values, the fields of its type, line items.
package struct ExtractionStage: Stage {
  package typealias Input = Upstream<
    EveryPage<OCROutput>, EveryPage<LayoutOutput>, EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>,
    WholeDocumentIfAny<ClassificationOutput>
  >
  package typealias Options = ExtractionOptions
  package typealias Output = ExtractionOutput

  package static var version: Int { 10 }
  package static var scope: StageScope { .document }

  package static func ingredients() throws -> StageIngredients { StageIngredients(rules: ShippedTemplates.digests) }

  package static var consults: ModelConsultation { ModelConsultation(text: ["languageModel"]) }

  package init() {}

  package func run(_ input: Input, options: ExtractionOptions, context: any StageContext) throws -> ExtractionOutput {
    let (words, layout, assembly, order, classification) = input.needs
    let type = try classification.load().value?.type ?? .other
    let kit = try context.warm("template of \(type.rawValue)") { try TemplateKit(type) }
    let pages = PageWalk(words, layout)
    let isForm = type == .form || type == .taxForm
    let survey = try pages.survey(options, wanted: kit.template != nil, isForm: isForm)
    var walk = EntityWalk(
      assembly, words: words, dates: survey.dates, items: kit.items, isForm: isForm, options: options)
    try walk.read(order.load()) { context.progress($0 * 0.8) }
    var fields: [String: ExtractedField] = [:]
    if let template = kit.template, let labels = kit.labels {
      let material = FieldMaterial(template, labels, pages: survey.pages, dates: survey.dates, items: kit.items)
      fields = FieldReading(material).fields
      if options.languageModel, let model = context.languageModel {
        let more = try ModelFields(material).fields(besides: fields, model, context: context)
        fields.merge(more) { own, _ in own }
      }
    }
    let sums = ["total_net", "total_gross", "total"].compactMap {
      fields[$0].flatMap { AmountScanner.Amount.cents($0.value) }
    }
    let named = ItemChoice.best(
      tables: walk.lineItems, lines: kit.items.map { reader in survey.pages.flatMap { reader.items($0) } } ?? [],
      totals: sums)
    // Without names of columns only what adds up is believed; on receipts too much does.
    let mayBeUnnamed = named.isEmpty && type == .invoice
    let items = mayBeUnnamed ? kit.items.map { unnamed($0, survey.pages, totals: sums) } ?? [] : named
    return ExtractionOutput(
      fields: fields, pairs: PlacedPairs.merged(survey.pairs + walk.pairs, survey.placed), entities: walk.entities,
      lineItems: items)
  }

  private func unnamed(_ reader: LineItemReader, _ pages: [PageText], totals: [Int]) -> [LineItem] {
    pages.lazy.map { reader.unnamed($0, totals: totals).map(\.item) }.first { !$0.isEmpty } ?? []
  }
}

import Contracts
import DocumentModel
import StageKit

/// Stage 11: decides what kind of document it is, by rules over its words and its layout.
package struct ClassificationStage: Stage {
  package typealias Input = Upstream<
    EveryPage<AssemblyOutput>, WholeDocument<ReadingOrderOutput>, WholeDocument<SectionsOutput>
  >
  package typealias Options = ClassificationOptions
  package typealias Output = ClassificationOutput

  package static var version: Int { 4 }
  package static var scope: StageScope { .document }

  package static func ingredients() throws -> StageIngredients { StageIngredients(rules: ShippedRules.digests) }

  package static var consults: ModelConsultation { ModelConsultation(text: ["languageModel"]) }

  package init() {}

  package func run(_ input: Input, options: ClassificationOptions, context: any StageContext) throws
    -> ClassificationOutput
  {
    let (pages, order, sections) = input.needs
    let book = try context.warm("rules") { Shelf(try RuleBook.shipped()) }.book
    let titles = try Self.titles(order.load(), sections.load())
    let reading = try DocumentReading(
      pages, pages: Self.sample(pages.pages, options.pages), titles: titles, book: book, context: context)
    let scores = ClassScores(reading, book: book)
    if let named = options.named { return Self.output(named, decidedBy: .option, confidence: .certain, scores) }
    if let best = scores.sums.first, let share = scores.shares.first, share >= options.threshold {
      return Self.output(best.rules.type, decidedBy: .rules, confidence: Score(share), scores)
    }
    if options.languageModel, let model = context.languageModel, !reading.beginning.isEmpty,
      let verdict = try ModelVerdict.ask(model, about: reading.beginning, context: context),
      verdict.confidence >= options.threshold
    {
      return Self.output(verdict.type, decidedBy: .languageModel, confidence: Score(verdict.confidence), scores)
    }
    return Self.output(.other, decidedBy: .none, confidence: Score(1 - scores.shares.reduce(0, +)), scores)
  }

  /// The first pages, and the last two: references and signatures stand there.
  private static func sample(_ pages: [Int], _ first: Int) -> [Int] {
    pages.count <= first + 2 ? pages : Array(pages.prefix(first) + pages.suffix(2))
  }

  private static func titles(_ order: ReadingOrderOutput, _ sections: SectionsOutput) -> Set<ElementID> {
    var titles = Set(sections.headings.map(\.element))
    if let title = sections.title, order.entries.indices.contains(title) {
      titles.formUnion(order.entries[title].elements)
    }
    return titles
  }

  private static func output(
    _ type: DocumentClass, decidedBy: ClassificationOutput.Decider, confidence: Score, _ scores: ClassScores
  ) -> ClassificationOutput {
    let sum = scores.sums.first { $0.rules.type == type }
    // Where nothing was sure enough, what came nearest still tells why.
    let evidence = (sum ?? scores.sums.first)?.evidence ?? []
    let ordered = evidence.enumerated().sorted {
      (abs($1.element.weight), $0.offset) < (abs($0.element.weight), $1.offset)
    }
    return ClassificationOutput(
      type: type, subtype: sum?.subtype, confidence: confidence, decidedBy: decidedBy,
      candidates: zip(scores.sums, scores.shares).prefix(mostCandidates).map {
        .init(type: $0.rules.type, score: Score($1))
      }, evidence: ordered.map(\.element))
  }

  /// Keeps the parsed rules from one unit to the next.
  private final class Shelf {
    let book: RuleBook
    init(_ book: RuleBook) { self.book = book }
  }

  private static let mostCandidates = 5  // as the contract says
}

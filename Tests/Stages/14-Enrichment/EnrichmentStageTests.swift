import Contracts
import DocumentModel
import StageKit
import Testing

@testable import Enrichment

@Suite("Enrichment")
struct EnrichmentStageTests {
  private var article: EnrichedDocument {
    var document = EnrichedDocument()
    document.add(.heading, "Solar Panels on Village Roofs")
    document.add(
      .paragraph,
      "Solar panels on village roofs now give most of the power that the village uses. The village council paid "
        + "for the solar panels with a loan from the regional bank. It took two years.")
    document.add(.heading, "Costs")
    document.add(
      .paragraph,
      "The regional bank asked for a low rate because solar panels last for thirty years. A neighbour keeps bees and "
        + "sells honey at the market. Each roof carries about twenty solar panels, and the village council owns all "
        + "of them.")
    document.add(.table, "ignored")
    document.add(.heading, "References")
    document.add(
      .paragraph, "Zebra Journal of Stripes printed the long zebra article about zebra stripes and zebra paint.")
    return document
  }

  @Test("keywords are phrases as they stand in the text, without references, parts and stop words")
  func keywords() throws {
    let keywords = try article.enriched().keywords.map(\.text)
    #expect(keywords.first == "solar panels")
    #expect(keywords.contains("village council") && keywords.contains("regional bank"))
    #expect(!keywords.contains { $0.lowercased().contains("zebra") || $0 == "panels" || $0 == "the" })
    #expect(try article.enriched { $0.keywords = 2 }.keywords.count == 2)
  }

  @Test("the summary is of central sentences, whole and in reading order")
  func summary() throws {
    let document = article
    let summary = try document.enriched { $0.sentences = 3 }.summary
    let texts = summary.map(document.text)
    #expect(summary.count == 3)
    #expect(texts[0] == "Solar panels on village roofs now give most of the power that the village uses.")
    #expect(!texts.contains { $0.contains("bees") || $0.contains("Zebra") })
    #expect(summary.map(\.entry) == summary.map(\.entry).sorted())
    #expect(summary.map(\.score).max() == .certain)
  }

  @Test("a sentence that repeats another is not taken twice")
  func repetition() throws {
    var document = EnrichedDocument()
    let sentence = "The river carries water from the high mountains to the wide valley below."
    for _ in 0..<4 { document.add(.paragraph, sentence) }
    document.add(.paragraph, "The wide valley is dry in summer, and farmers there wait for the river every year.")
    let texts = try document.enriched().summary.map(document.text)
    #expect(texts.filter { $0 == sentence }.count == 1 && texts.count == 2)
  }

  @Test("German keywords end in nouns, French ones go without articles, Chinese ones need no spaces")
  func otherLanguages() throws {
    var document = EnrichedDocument()
    for _ in 0..<3 {
      document.add(
        .paragraph, "Wir haben die neue Brücke über den Fluss gebaut, weil die alte Brücke nicht mehr sicher war.")
    }
    #expect(
      try document.enriched().keywords.allSatisfy { $0.text.split(separator: " ").last?.first?.isUppercase == true })
    document = EnrichedDocument()
    for _ in 0..<3 {
      document.add(.paragraph, "L’énergie solaire est une chance pour les villages, et l’énergie solaire est propre.")
    }
    #expect(try document.enriched().keywords.first?.text == "énergie solaire")
    document = EnrichedDocument()
    for _ in 0..<3 { document.add(.paragraph, "データベースは便利です。データベースの設計を学ぶ。") }
    #expect(try document.enriched().keywords.first?.text == "データベース")
  }

  @Test("a document without text has nothing to tell")
  func empty() throws {
    #expect(try EnrichedDocument().enriched() == EnrichmentOutput(languages: [], keywords: [], summary: []))
  }

  @Test("a language model writes the abstract, vectors and descriptions, and is named")
  func model() throws {
    var document = article
    document.figure(.drawing, caption: "Figure 1 A roof with panels", inside: "south\nnorth")
    document.figure(.logo, caption: "Logo of the bank")
    document.table([["Key", "Value"], ["roofs", "12"], ["bees", "9"]])
    document.chunks = [
      Chunk(id: "a", spans: [ChunkSpan(entry: 1, start: 0, end: 12)], headings: [0], tokens: 3, pages: [1]),
      Chunk(
        id: "b", spans: [ChunkSpan(entry: 9, start: 2, end: 900, repeatsHeader: true)], headings: [], tokens: 3,
        pages: [1]),
    ]
    let model = ScriptedModel()
    let output = try document.enriched(model: model)
    #expect(output.abstract == "An answer.")
    #expect(output.descriptions == ["p1.8": "An answer."])
    #expect(output.embeddings == [[0.333333, 2], [0.333333, 2]])
    #expect(output.models == ["abstract": "scripted", "descriptions": "scripted", "embeddings": "scripted"])
    #expect(model.embedded == ["Solar Panels on Village Roofs\n\nSolar panels", "Key\tValue\nbees\t9"])
    #expect(model.prompts[1].contains("Figure 1 A roof with panels") && model.prompts[1].contains("south"))
    let silent = try document.enriched(
      {
        $0.abstract = false
        $0.descriptions = false
        $0.embeddings = false
      }, model: ScriptedModel())
    #expect(silent == (try document.enriched()))
  }

  @Test("a model that fails costs its own answers and nothing else", arguments: [true, false])
  func failingModel(throwing: Bool) throws {
    var document = article
    document.chunks = [Chunk(id: "a", spans: [], headings: [], tokens: 0, pages: [])]
    let model = ScriptedModel()
    model.fails = throwing
    model.vector = [.nan]
    let (output, logs) = try document.run({ $0.abstract = throwing }, model: model)
    #expect(output == (try document.enriched()))
    #expect(logs.count == (throwing ? 2 : 1))
  }

  @Test("a description that fails costs that one; a model that answers nothing is asked three times")
  func failingDescriptions() throws {
    var document = EnrichedDocument()
    for number in 1...8 { document.figure(.drawing, caption: "Figure \(number) A roof with panels", inside: "south") }
    let model = ScriptedModel()
    model.failing = [1, 3, 4]
    let (output, logs) = try document.run(model: model)
    #expect(output.descriptions.count == 5 && output.descriptions["p1.3"] == nil)
    #expect(logs.count == 3 && logs[0].contains("the description of p1.3"))
    model.failing = Set(0...100)
    let (silent, warnings) = try document.run(model: model)
    #expect(silent.descriptions.isEmpty && warnings.count == 4)
  }

  @Test("a table over many pages is read once, however many chunks are embedded")
  func longTable() throws {
    var document = EnrichedDocument()
    let pages = 30
    for page in 1...pages {
      if page > 1 { document.newPage() }
      document.table([["No.", "Sum"], ["\(2 * page - 1)", "a"], ["\(2 * page)", "b"]])
    }
    document.joinTables()
    document.chunks = (1..<(2 * pages)).map {
      Chunk(
        id: "\($0)", spans: [ChunkSpan(entry: 0, start: $0, end: $0 + 1, repeatsHeader: true)], headings: [], tokens: 3,
        pages: [1])
    }
    let model = ScriptedModel()
    let reads = try document.reads(model: model)
    #expect(model.embedded.last == "No.\tSum\n59\ta")
    #expect(reads < 6 * pages)
  }

  @Test("nine thousand sentences of nine thousand words are more than is kept, and are summed up all the same")
  func large() throws {
    var document = EnrichedDocument()
    var state: UInt64 = 42
    func word() -> String {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return "w" + String((state >> 33) % 9000, radix: 26).map { "\($0)" }.joined().replacing(/[0-9]/, with: "q")
    }
    for _ in 0..<300 {
      for _ in 0..<6 {
        document.add(
          .paragraph,
          (0..<5).map { _ in "The " + (0..<14).map { _ in word() }.joined(separator: " ") + "." }
            .joined(separator: " "))
      }
      document.newPage()
    }
    let output = try document.enriched()
    #expect(output.keywords.count == 12 && output.summary.count == 5)
  }
}

/// A model whose answers are known.
final class ScriptedModel: LanguageModel, EmbeddingModel {
  let name = "scripted"
  var fails = false
  /// The questions that get no answer, counted over all.
  var failing: Set<Int> = []
  private var asked = 0
  var vector = [1.0 / 3, 2]
  private(set) var prompts: [String] = []
  var seesPictures = false
  private(set) var pictures: [ModelPicture] = []
  private(set) var embedded: [String] = []

  func answer(prompt: String, schema: Schema?, picture: ModelPicture?) throws -> String {
    asked += 1
    if fails || failing.contains(asked - 1) {
      throw StageFailure(.timedOut, "The endpoint did not answer.", retryable: true)
    }
    prompts.append(prompt)
    if let picture { pictures.append(picture) }
    return "An answer."
  }

  func embed(_ texts: [String]) throws -> [[Double]] {
    if fails { throw StageFailure(.timedOut, "The endpoint did not answer.", retryable: true) }
    embedded += texts
    return texts.map { _ in vector }
  }
}

import DocumentModel
import StageKit

/// What is known of the document beyond its text.
package struct EnrichmentOutput: StageOutput, Hashable {
  package static let stage = StageID.enrichment

  /// ISO 639-1, most used first; empty where there is too little text.
  package let languages: [LanguageShare]
  /// Best first.
  package let keywords: [Keyword]
  /// Sentences of the document that sum it up, in reading order.
  package let summary: [SummarySentence]
  /// Written by a language model, where one is configured.
  package let abstract: String?
  /// One vector per chunk, where an embedding model is configured.
  package let embeddings: [[Double]]
  /// Descriptions of figures by their element, where a model is configured.
  package let descriptions: [String: String]
  /// The models asked, by what they were asked for.
  package let models: [String: String]

  package init(
    languages: [LanguageShare], keywords: [Keyword], summary: [SummarySentence], abstract: String? = nil,
    embeddings: [[Double]] = [], descriptions: [String: String] = [:], models: [String: String] = [:]
  ) {
    self.languages = languages
    self.keywords = keywords
    self.summary = summary
    self.abstract = abstract
    self.embeddings = embeddings
    self.descriptions = descriptions
    self.models = models
  }

  package static let schema = Schema.object(
    "What is known of the document beyond its text.",
    [
      .required("languages", .list(LanguageShare.self, "Languages, most used first.")),
      .required("keywords", .list(Keyword.self, "Keywords, best first.")),
      .required("summary", .list(SummarySentence.self, "Sentences that sum it up, in reading order.")),
      .optional("abstract", .string("Written by a language model.")),
      .required("embeddings", .array("One vector per chunk.", of: .array("A vector.", of: .any("A number.")))),
      .required("descriptions", .dictionary("Descriptions of figures, by element.", of: .string("A description."))),
      .required("models", .dictionary("The models asked, by what for.", of: .string("A model."))),
    ])
}

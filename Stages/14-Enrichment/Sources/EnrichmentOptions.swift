import StageKit

/// The options of enrichment; the last three ask a language model, where one is configured.
package struct EnrichmentOptions: StageOptions {
  package var keywords = 12
  /// Sentences of the summary.
  package var sentences = 5
  package var abstract = true
  package var embeddings = true
  package var descriptions = true

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [
      .integer("keywords", 12, 0...200, "How many keywords."),
      .integer("sentences", 5, 0...50, "How many sentences the summary takes from the text."),
      .flag("abstract", true, "Let the language model, if one is configured, write a summary."),
      .flag("embeddings", true, "Let the model, if one is configured, turn every chunk into a vector."),
      .flag("descriptions", true, "Let the language model, if one is configured, describe figures."),
    ]
  }
}

import CanonicalJSON
import StageKit

/// The options of extraction.
package struct ExtractionOptions: StageOptions {
  /// Whether dates, amounts and the like are looked for in all text.
  package var entities = true
  /// Whether labels with their values are looked for.
  package var pairs = true
  /// Whether a configured language model is asked for fields that the templates leave open.
  package var languageModel = true
  /// How dates in numbers are read where the document does not tell.
  package var dateOrder = Order.auto
  /// How many pages from the first are read for fields.
  package var pages = 10

  package enum Order: String, Codable, Sendable, Hashable, CaseIterable {
    case auto
    case dayFirst = "day-first"
    case monthFirst = "month-first"
  }

  package init() {}

  package static var descriptors: [OptionDescriptor] {
    [
      .flag("entities", true, "Look for dates, amounts, addresses and numbers in all text."),
      .flag("pairs", true, "Look for labels with their values."),
      .flag("languageModel", true, "Ask a configured language model for fields that the templates leave open."),
      .choice("dateOrder", Order.auto, "Which number of a date like 3/4/2026 is the day; auto goes by the document."),
      .integer("pages", 10, 1...200, "How many pages from the first are read for fields; the last two always are."),
    ]
  }
}

import DocumentModel
import StageKit

/// A language with its share of the text.
package struct LanguageShare: Codable, Sendable, Hashable, SchemaDescribed {
  /// ISO 639-1.
  package let language: String
  package let share: Score

  package init(language: String, share: Score) {
    self.language = language
    self.share = share
  }

  package static let schema = Schema.object(
    "A language with its share of the text.",
    [.required("language", .string("ISO 639-1.")), .required("share", .score("Its share of the text."))])
}

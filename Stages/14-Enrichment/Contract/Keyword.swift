import DocumentModel
import StageKit

/// A word or phrase that tells what the document is about.
package struct Keyword: Codable, Sendable, Hashable, SchemaDescribed {
  package let text: String
  package let score: Score

  package init(text: String, score: Score) {
    self.text = text
    self.score = score
  }

  package static let schema = Schema.object(
    "A word or phrase that tells what the document is about.",
    [.required("text", .string("As it stands in the text.")), .required("score", .score("How much it tells."))])
}

import DocumentModel
import StageKit

/// A sentence of the document, by its place.
package struct SummarySentence: Codable, Sendable, Hashable, SchemaDescribed {
  /// Index of the entry in the reading order.
  package let entry: Int
  /// The first Unicode scalar of the entry's joined text.
  package let start: Int
  /// One past the last.
  package let end: Int
  package let score: Score

  package init(entry: Int, start: Int, end: Int, score: Score) {
    self.entry = entry
    self.start = start
    self.end = end
    self.score = score
  }

  package static let schema = Schema.object(
    "A sentence of the document, by its place.",
    [
      .required("entry", .integer("Index of the entry in the reading order.", minimum: 0)),
      .required("start", .integer("Its first scalar in the entry's text.", minimum: 0)),
      .required("end", .integer("One past its last.", minimum: 0)), .required("score", .score("How central it is.")),
    ])
}

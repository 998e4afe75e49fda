import DocumentModel
import StageKit

/// A stretch of the document that stands by itself.
package struct Chunk: Codable, Sendable, Hashable, SchemaDescribed {
  /// Derived from the document's digest and the chunk's place, 16 hexadecimal digits.
  package let id: String
  /// In reading order.
  package let spans: [ChunkSpan]
  /// Indices into the headings of stage 10 that lead to it, outermost first.
  package let headings: [Int]
  package let tokens: Int
  /// The pages it stands on, ascending.
  package let pages: [Int]

  package init(id: String, spans: [ChunkSpan], headings: [Int], tokens: Int, pages: [Int]) {
    self.id = id
    self.spans = spans
    self.headings = headings
    self.tokens = tokens
    self.pages = pages
  }

  package static let schema = Schema.object(
    "A stretch of the document that stands by itself.",
    [
      .required("id", .string("16 hexadecimal digits.")),
      .required("spans", .list(ChunkSpan.self, "What it is made of.")),
      .required("headings", .indices("Headings that lead to it, outermost first.")),
      .required("tokens", .integer("Its size by the counter.", minimum: 0)),
      .required("pages", .array("The pages it stands on.", of: .integer("A page.", minimum: 1))),
    ])
}

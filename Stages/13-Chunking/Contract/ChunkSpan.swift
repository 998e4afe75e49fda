import DocumentModel
import StageKit

/// A part of a reading-order entry: a stretch of its joined text, or rows of its table.
package struct ChunkSpan: Codable, Sendable, Hashable, SchemaDescribed {
  /// Index of the entry in the reading order.
  package let entry: Int
  /// For text: the first Unicode scalar of the entry's joined text; for a table: the first row.
  package let start: Int
  /// One past the last.
  package let end: Int
  /// For a table cut in pieces: whether the header rows are repeated before these rows.
  package let repeatsHeader: Bool

  package init(entry: Int, start: Int, end: Int, repeatsHeader: Bool = false) {
    self.entry = entry
    self.start = start
    self.end = end
    self.repeatsHeader = repeatsHeader
  }

  package static let schema = Schema.object(
    "A part of a reading-order entry.",
    [
      .required("entry", .integer("Index of the entry in the reading order.", minimum: 0)),
      .required("start", .integer("The first scalar of its text, or the first row of its table.", minimum: 0)),
      .required("end", .integer("One past the last.", minimum: 0)),
      .required("repeatsHeader", .flag("Whether the table's header rows are repeated.")),
    ])
}

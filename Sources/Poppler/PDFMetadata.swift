/// What the document says about itself; empty strings are nil, nothing is trimmed or checked.
package struct PDFMetadata: Sendable, Hashable {
  package let title: String?
  package let author: String?
  package let subject: String?
  package let keywords: String?
  package let creator: String?
  package let producer: String?
  /// ISO 8601 in UTC, to the second: `2024-03-01T12:00:00Z`.
  package let creationDate: String?
  package let modificationDate: String?
  /// Such as `1.7`.
  package let version: String
}

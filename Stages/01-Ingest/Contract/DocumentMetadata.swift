import StageKit

/// The document information of a PDF, or what an image's header tells; absent where the document is silent.
package struct DocumentMetadata: Codable, Sendable, Hashable, SchemaDescribed {
  package let title: String?
  package let author: String?
  package let subject: String?
  package let keywords: String?
  package let creator: String?
  package let producer: String?
  /// ISO 8601, in UTC.
  package let created: String?
  package let modified: String?
  /// The PDF version, `1.7`.
  package let formatVersion: String?

  package init(
    title: String? = nil, author: String? = nil, subject: String? = nil, keywords: String? = nil,
    creator: String? = nil,
    producer: String? = nil, created: String? = nil, modified: String? = nil, formatVersion: String? = nil
  ) {
    self.title = title
    self.author = author
    self.subject = subject
    self.keywords = keywords
    self.creator = creator
    self.producer = producer
    self.created = created
    self.modified = modified
    self.formatVersion = formatVersion
  }

  package static let schema = Schema.object(
    "Document information, as far as the document gives any.",
    [
      .optional("title", .string("Title.")), .optional("author", .string("Author.")),
      .optional("subject", .string("Subject.")), .optional("keywords", .string("Keywords.")),
      .optional("creator", .string("The program it was written in.")),
      .optional("producer", .string("The program that made the file.")),
      .optional("created", .string("ISO 8601, UTC.")), .optional("modified", .string("ISO 8601, UTC.")),
      .optional("formatVersion", .string("The PDF version.")),
    ])
}

import DocumentModel
import StageKit

/// What the document says of itself, without any page's content.
package struct IngestOutput: StageOutput, Hashable {
  package static let stage = StageID.ingest

  package let type: DocumentType
  /// How many pages the document has, whether or not the job takes them all.
  package let pageCount: Int
  package let metadata: DocumentMetadata
  /// In document order, depth first.
  package let outline: [OutlineEntry]
  /// Whether a password or permissions guard it.
  package let encrypted: Bool

  package init(
    type: DocumentType, pageCount: Int, metadata: DocumentMetadata, outline: [OutlineEntry], encrypted: Bool
  ) {
    self.type = type
    self.pageCount = pageCount
    self.metadata = metadata
    self.outline = outline
    self.encrypted = encrypted
  }

  package static let schema = Schema.object(
    "What the document says of itself.",
    [
      .required("type", .cases(DocumentType.self, "What its bytes are.")),
      .required("pageCount", .integer("How many pages it has.", minimum: 1)),
      .required("metadata", .type(DocumentMetadata.self)),
      .required("outline", .list(OutlineEntry.self, "Its bookmarks, depth first.")),
      .required("encrypted", .flag("Whether a password or permissions guard it.")),
    ])
}

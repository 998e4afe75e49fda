import StageKit

/// A file of an export and how it is to be called when delivered.
package struct ExportedFile: Codable, Sendable, Hashable, SchemaDescribed {
  /// In the checkpoint: `md/document.md`, `csv/table-01.csv`.
  package let file: String
  /// After the document's name when delivered: `.md`, `/table-01.csv`.
  package let suffix: String
  package let mediaType: String
  /// In the checkpoint: the file that tells for each of its words where it came from, see `OriginStretch`; nil for
  /// pictures and PDF, which has its words from stage 3 page by page.
  package let origins: String?

  package init(file: String, suffix: String, mediaType: String, origins: String? = nil) {
    self.file = file
    self.suffix = suffix
    self.mediaType = mediaType
    self.origins = origins
  }

  package static let schema = Schema.object(
    "A file of an export.",
    [
      .required("file", .string("Its name in the checkpoint.")),
      .required("suffix", .string("What follows the document's name when delivered.")),
      .required("mediaType", .string("What it is.")),
      .optional("origins", .string("The file in the checkpoint that tells where its words came from.")),
    ])
}

import DocumentModel
import StageKit

/// One export: which files make it up.
package struct ExportOutput: StageOutput, Hashable {
  package static let stage = StageID.export

  package let format: ExportFormat
  /// In the order they are to be delivered; the main file first.
  package let files: [ExportedFile]

  package init(format: ExportFormat, files: [ExportedFile]) {
    self.format = format
    self.files = files
  }

  package static let schema = Schema.object(
    "One export.",
    [
      .required("format", .cases(ExportFormat.self, "Which.")),
      .required("files", .list(ExportedFile.self, "Its files, the main one first.")),
    ])
}

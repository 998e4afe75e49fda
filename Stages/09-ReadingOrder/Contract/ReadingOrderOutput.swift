import DocumentModel
import StageKit

/// The document as one stream of elements. Copies no text.
package struct ReadingOrderOutput: StageOutput, Hashable {
  package static let stage = StageID.readingOrder

  /// The body in reading order: every element of every page is in exactly one entry, or in `furniture`, or a caption.
  package let entries: [ReadingEntry]
  /// Running headers, footers and page numbers, by page.
  package let furniture: [ElementID]
  /// Pages of the job that could not be read, with the gap's code.
  package let missing: [MissingPage]

  package init(entries: [ReadingEntry], furniture: [ElementID], missing: [MissingPage]) {
    self.entries = entries
    self.furniture = furniture
    self.missing = missing
  }

  package static let schema = Schema.object(
    "The document as one stream of elements.",
    [
      .required("entries", .list(ReadingEntry.self, "The body in reading order.")),
      .required("furniture", .array("Running headers, footers and page numbers.", of: .elementID)),
      .required("missing", .list(MissingPage.self, "Pages that could not be read.")),
    ])
}

import StageKit

/// The limits of the ingest stage; the number of bytes is limited where the document is received.
package struct IngestOptions: StageOptions {
  /// More pages than this, and the document is refused.
  package var maxPages = 10_000
  /// Square inches of one page; a larger one becomes a gap. Three sheets of A0 by default.
  package var maxPageArea = 5_000
  /// Millions of pixels of one image; a larger one becomes a gap before it is decoded.
  package var maxMegapixels = 120

  package init() {}

  package static let descriptors: [OptionDescriptor] = [
    .integer("maxPages", 10_000, 1...100_000, "The most pages a document may have."),
    .integer("maxPageArea", 5_000, 1...40_000, "The largest page in square inches; a larger one becomes a gap."),
    .integer("maxMegapixels", 120, 1...120, "The largest image in millions of pixels; a larger one becomes a gap."),
  ]
}

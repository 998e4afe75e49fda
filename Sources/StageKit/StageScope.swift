/// Over what a stage runs.
package enum StageScope: String, Codable, Sendable, Hashable, CaseIterable {
  case page
  case document
  /// Once over the document, leaving one part per page beside the document's own checkpoint.
  case documentWithParts = "document-with-parts"
  /// Once per export format.
  case format
}

import DocumentModel
import StageKit

/// An element with its place in the document.
package struct ElementTrace: Codable, Sendable, Hashable {
  package let id: ElementID
  package let kind: RegionKind
  package let box: BoundingBox
  /// Index into the reading order of stage 9; nil for furniture.
  package let entry: Int?
  /// What it is to that entry.
  package let role: Role
  /// Whether it goes on with a table whose header it prints again: exports tell that header once.
  package let repeatsHeader: Bool
  /// The headings that lead to it, outermost first.
  package let section: [String]
  /// Chunks of stage 13 that hold it, or the words that were asked for.
  package let chunks: [String]

  package enum Role: String, Codable, Sendable, Hashable, CaseIterable {
    case body, caption, furniture
    /// The reading order does not name it.
    case none
  }
}

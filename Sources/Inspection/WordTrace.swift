import Contracts
import DocumentModel
import StageKit

/// A word of a page with everything that was made of it on the way.
package struct WordTrace: Codable, Sendable, Hashable {
  /// Counts from 1.
  package let page: Int
  /// Index into the page's words of stage 3.
  package let word: Int
  package let text: String
  package let box: BoundingBox
  /// The engine's; 1 for a trusted text layer.
  package let confidence: Score
  /// Whether the document's own text layer told it, or recognition.
  package let source: TextSource
  /// Why layout left it out of every line; then nothing was made of it.
  package let dropped: DroppedWord.Reason?
  /// Index into the page's lines of stage 4.
  package let line: Int?
  /// Index into the page's regions of stage 5.
  package let region: Int?
  package let regionKind: RegionKind?
  /// Where it stands in a table of stage 6.
  package let cell: CellPlace?
  /// Index into the page's figures of stage 7, for lettering inside a picture.
  package let figure: Int?
  /// The element of stage 8.
  package let element: ElementID?
  /// Whether it is, or begins with, the element's list marker or footnote mark.
  package let isMark: Bool

  /// The same, for those who know no contracts.
  package var dropReason: String? { dropped?.rawValue }

  /// Counts from 0, as everywhere in checkpoints.
  package struct CellPlace: Codable, Sendable, Hashable {
    package let table: Int
    package let row: Int
    package let column: Int
  }
}

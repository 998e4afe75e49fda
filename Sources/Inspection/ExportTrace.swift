import Contracts
import DocumentModel

/// A stretch of an exported file.
package struct ExportTrace: Codable, Sendable, Hashable {
  /// `md`, `chunks` …
  package let format: String
  /// After the document's name: `.md`, `/table-01.csv`.
  package let suffix: String
  /// Bytes of the file.
  package let start: Int
  package let end: Int
  /// From 1; the column in characters.
  package let line: Int
  package let column: Int
  /// The stretch as it stands there.
  package let text: String
  /// For what no word stands behind: what made it.
  package let made: TextOrigin.Making?

  /// The same, for those who know no contracts.
  package var maker: String? { made?.rawValue }
}

import DocumentModel
import StageKit

/// A value of extraction that was read from some words.
package struct ValueTrace: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    case field, pair, entity
    case lineItem = "line-item"
  }

  package let kind: Kind
  /// A field's name, a pair's label, an entity's kind.
  package let name: String
  package let value: String
  package let confidence: Score?
  package let provenance: Provenance
}

import DocumentModel
import StageKit

/// A field of a document type with its value.
package struct ExtractedField: Codable, Sendable, Hashable, SchemaDescribed {
  /// As printed.
  package let text: String
  /// Normalised: ISO 8601 dates, decimal amounts with a point, codes without spaces.
  package let value: String
  package let kind: ValueKind
  package let confidence: Score
  package let provenance: Provenance

  package init(text: String, value: String, kind: ValueKind, confidence: Score, provenance: Provenance) {
    self.text = text
    self.value = value
    self.kind = kind
    self.confidence = confidence
    self.provenance = provenance
  }

  package static let schema = Schema.object(
    "A field with its value.",
    [
      .required("text", .string("As printed.")), .required("value", .string("Normalised.")),
      .required("kind", .cases(ValueKind.self, "What it is.")), .required("confidence", .score("How sure it is.")),
      .required("provenance", .type(Provenance.self)),
    ])
}

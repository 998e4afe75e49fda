import DocumentModel
import StageKit

/// A date, an amount, an address … found in running text or tables.
package struct ExtractedEntity: Codable, Sendable, Hashable, SchemaDescribed {
  package let kind: ValueKind
  /// As printed.
  package let text: String
  /// Normalised as its kind says.
  package let value: String
  /// For amounts: ISO 4217, where a sign or code stands beside it.
  package let currency: String?
  package let confidence: Score
  package let provenance: Provenance

  package init(
    kind: ValueKind, text: String, value: String, currency: String? = nil, confidence: Score, provenance: Provenance
  ) {
    self.kind = kind
    self.text = text
    self.value = value
    self.currency = currency
    self.confidence = confidence
    self.provenance = provenance
  }

  package static let schema = Schema.object(
    "A value found in the text.",
    [
      .required("kind", .cases(ValueKind.self, "What it is.")), .required("text", .string("As printed.")),
      .required("value", .string("Normalised.")), .optional("currency", .string("For amounts: ISO 4217.")),
      .required("confidence", .score("How sure it is.")), .required("provenance", .type(Provenance.self)),
    ])
}

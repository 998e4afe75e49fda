import DocumentModel
import StageKit

/// A label and the value printed beside or below it.
package struct KeyValuePair: Codable, Sendable, Hashable, SchemaDescribed {
  /// As printed, without the colon.
  package let label: String
  package let value: String
  package let labelProvenance: Provenance
  package let valueProvenance: Provenance
  package let confidence: Score

  package init(
    label: String, value: String, labelProvenance: Provenance, valueProvenance: Provenance, confidence: Score
  ) {
    self.label = label
    self.value = value
    self.labelProvenance = labelProvenance
    self.valueProvenance = valueProvenance
    self.confidence = confidence
  }

  package static let schema = Schema.object(
    "A label with its value.",
    [
      .required("label", .string("As printed, without the colon.")), .required("value", .string("As printed.")),
      .required("labelProvenance", .type(Provenance.self)), .required("valueProvenance", .type(Provenance.self)),
      .required("confidence", .score("How sure it is.")),
    ])
}

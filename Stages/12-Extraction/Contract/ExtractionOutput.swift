import DocumentModel
import StageKit

/// Values found in the document.
package struct ExtractionOutput: StageOutput, Hashable {
  package static let stage = StageID.extraction

  /// The fields of the document's type by name: `invoice_number`, `total_gross` …
  package let fields: [String: ExtractedField]
  /// Labels with their values, as printed.
  package let pairs: [KeyValuePair]
  /// Dates, amounts, addresses of mail and so on, wherever they stand; in reading order.
  package let entities: [ExtractedEntity]
  /// Positions of an invoice or receipt.
  package let lineItems: [LineItem]

  package init(
    fields: [String: ExtractedField], pairs: [KeyValuePair], entities: [ExtractedEntity], lineItems: [LineItem]
  ) {
    self.fields = fields
    self.pairs = pairs
    self.entities = entities
    self.lineItems = lineItems
  }

  package static let schema = Schema.object(
    "Values found in the document.",
    [
      .required("fields", .dictionary("Fields of the document's type, by name.", of: .type(ExtractedField.self))),
      .required("pairs", .list(KeyValuePair.self, "Labels with their values.")),
      .required("entities", .list(ExtractedEntity.self, "Entities, in reading order.")),
      .required("lineItems", .list(LineItem.self, "Positions of an invoice or receipt.")),
    ])
}

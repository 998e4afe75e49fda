import DocumentModel
import StageKit

/// One position of an invoice or receipt; amounts are decimals with a point.
package struct LineItem: Codable, Sendable, Hashable, SchemaDescribed {
  package let description: String
  package let quantity: String?
  package let unitPrice: String?
  package let amount: String?
  package let provenance: Provenance

  package init(description: String, quantity: String?, unitPrice: String?, amount: String?, provenance: Provenance) {
    self.description = description
    self.quantity = quantity
    self.unitPrice = unitPrice
    self.amount = amount
    self.provenance = provenance
  }

  package static let schema = Schema.object(
    "One position of an invoice or receipt.",
    [
      .required("description", .string("What it is for.")), .optional("quantity", .string("How many.")),
      .optional("unitPrice", .string("The price of one.")), .optional("amount", .string("The price of all.")),
      .required("provenance", .type(Provenance.self)),
    ])
}

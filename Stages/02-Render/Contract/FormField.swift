import DocumentModel
import StageKit

/// A field of a PDF form with what is filled in.
package struct FormField: Codable, Sendable, Hashable, SchemaDescribed {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    case text, choice, checkbox, radio, button, signature
  }

  package let name: String
  package let kind: Kind
  package let box: BoundingBox
  /// The text, the chosen entries, or `on` and `off`; empty where nothing is filled in.
  package let value: String

  package init(name: String, kind: Kind, box: BoundingBox, value: String) {
    self.name = name
    self.kind = kind
    self.box = box
    self.value = value
  }

  package static let schema = Schema.object(
    "A form field with what is filled in.",
    [
      .required("name", .string("Its full name.")), .required("kind", .cases(Kind.self, "What it is.")),
      .required("box", .type(BoundingBox.self)), .required("value", .string("What is filled in.")),
    ])
}

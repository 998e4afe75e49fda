import DocumentModel
import StageKit

/// A field of a PDF form with what is filled in.
package struct FormField: Codable, Sendable, Hashable, SchemaDescribed {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    case text, choice, checkbox, radio, button, signature
  }

  package let name: String
  /// What the form calls it for people; nil where it does not.
  package let label: String?
  package let kind: Kind
  package let box: BoundingBox
  /// The text, the chosen entries, or `on` and `off`; empty where nothing is filled in.
  package let value: String
  /// Whether the page shows nothing of it; nil where it does.
  package let isHidden: Bool?

  package init(
    name: String, label: String? = nil, kind: Kind, box: BoundingBox, value: String, isHidden: Bool = false
  ) {
    self.name = name
    self.label = label
    self.isHidden = isHidden ? true : nil
    self.kind = kind
    self.box = box
    self.value = value
  }

  package static let schema = Schema.object(
    "A form field with what is filled in.",
    [
      .required("name", .string("Its full name.")), .optional("label", .string("What the form calls it for people.")),
      .required("kind", .cases(Kind.self, "What it is.")),
      .required("box", .type(BoundingBox.self)), .required("value", .string("What is filled in.")),
      .optional("isHidden", .flag("Whether the page shows nothing of it.")),
    ])
}

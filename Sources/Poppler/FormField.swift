import DocumentModel

/// One field of an interactive form where it stands on the page.
package struct FormField: Sendable, Hashable {
  /// What a field holds.
  package enum Value: Sendable, Hashable {
    case text(String)
    case checkBox(isOn: Bool)
    case radioButton(isOn: Bool)
    /// The chosen items, and what was typed into an editable list.
    case choice([String])
    /// Signed or to be signed; nothing to read.
    case signature
    /// Push buttons hold nothing to read.
    case none
  }

  /// Full name, the parts joined by dots; nil where it has none.
  package let name: String?
  /// What readers show as its label.
  package let label: String?
  package let value: Value
  package let box: BoundingBox
}

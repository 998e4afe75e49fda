import CanonicalJSON

/// One option of a stage, as every interface shows and checks it.
package struct OptionDescriptor: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
    case flag, integer, number, text, choice
    /// Several values joined by `+`, in the order given.
    case list
  }

  /// Without the stage's name: `languages`.
  package let name: String
  package let kind: Kind
  package let `default`: JSONValue
  /// One sentence.
  package let help: String
  /// For integers and numbers.
  package let minimum: Double?
  package let maximum: Double?
  /// For choices, and for lists with a closed set.
  package let choices: [String]?

  package init(
    name: String, kind: Kind, default: JSONValue, help: String, minimum: Double? = nil, maximum: Double? = nil,
    choices: [String]? = nil
  ) {
    self.name = name
    self.kind = kind
    self.default = `default`
    self.help = help
    self.minimum = minimum
    self.maximum = maximum
    self.choices = choices
  }
}

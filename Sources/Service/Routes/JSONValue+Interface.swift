import CanonicalJSON

extension JSONValue {
  /// A value's own JSON, its members named as the interface names them: `cpu_seconds`.
  ///
  /// Only for values whose objects have members and no entries of their own naming.
  package init(interface value: some Encodable) throws {
    self = Self.renamed(try CanonicalDecoder().decode(JSONValue.self, from: CanonicalEncoder().encode(value)))
  }

  private static func renamed(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      // Names of one type never meet: none has both spellings.
      .object(Dictionary(members.map { (snakeCase($0.key), renamed($0.value)) }) { first, _ in first })
    case .array(let items): .array(items.map(renamed))
    default: value
    }
  }

  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, character in
      if character.isUppercase, !text.isEmpty { text.append("_") }
      text.append(character.isUppercase ? Character(character.lowercased()) : character)
    }
  }
}

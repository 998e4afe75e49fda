import CanonicalJSON

/// What a JSON value of a checkpoint may be; declared beside each contract type and written out as JSON Schema 2020-12.
package indirect enum Schema: Sendable {
  case object(String, [Property])
  /// An object whose keys are data (names of fields, numbers of pages) and whose values are alike.
  case dictionary(String, of: Schema)
  case array(String, of: Schema)
  case string(String)
  /// A closed set of strings.
  case choice(String, [String])
  case integer(String, minimum: Int?)
  /// Points, to two decimals, within `Quantity.coordinates`.
  case coordinate(String)
  /// 0…1, to four decimals.
  case score(String)
  case flag(String)
  /// Any JSON value.
  case any(String)
  /// A type described elsewhere; stands as `$ref` and may refer to itself.
  case type(any SchemaDescribed.Type)

  /// One member of an object.
  package struct Property: Sendable {
    package let name: String
    package let schema: Schema
    package let required: Bool

    package static func required(_ name: String, _ schema: Schema) -> Property {
      Property(name: name, schema: schema, required: true)
    }

    package static func optional(_ name: String, _ schema: Schema) -> Property {
      Property(name: name, schema: schema, required: false)
    }
  }

  /// A list of a described type.
  package static func list(_ type: any SchemaDescribed.Type, _ description: String) -> Schema {
    .array(description, of: .type(type))
  }

  /// A closed set, from an enumeration's own cases.
  package static func cases<E: CaseIterable & RawRepresentable>(_ type: E.Type, _ description: String) -> Schema
  where E.RawValue == String {
    .choice(description, E.allCases.map(\.rawValue))
  }

  /// Indices into a list, from 0.
  package static func indices(_ description: String) -> Schema {
    .array(description, of: .integer("An index.", minimum: 0))
  }
}
